extension FilterExpression {
    /// Parses the filter of a request.
    ///
    /// - Throws: Okta's error for an invalid filter.
    static func requested(_ text: String) throws(OrgFault) -> FilterExpression {
        do throws(FilterError) {
            return try FilterParser.parse(text)
        } catch {
            throw .invalidSearch(error.message)
        }
    }
}
