extension FilterExpression {
    /// The filter that a request names.
    ///
    /// - Throws: Okta's refusal of a filter that cannot be read.
    static func requested(_ text: String) throws(OrgFault) -> FilterExpression {
        do throws(FilterError) {
            return try FilterParser.parse(text)
        } catch {
            throw .invalidSearch(error.message)
        }
    }
}
