public import HTTPTypes

extension OktaClient {
    /// Pages through any list of the org.
    ///
    /// Supports both list formats of the API: an array with a `Link: rel="next"` header, and an object with the array
    /// and `_links.next`.
    ///
    /// - Parameters:
    ///   - path: The path as a literal that begins with `/`; it may end with a query.
    ///   - query: Names and values, sent in sorted order.
    ///   - headers: Header fields of each call.
    ///   - itemsKey: The member that holds the array when the list is wrapped in an object. Needed only when the object
    ///     has members other than the array and `_links`.
    /// - Returns: The list; no request is sent before it is iterated.
    public func pages(
        _ path: RequestPath,
        query: [String: String] = [:],
        headers: HTTPFields = [:],
        itemsKey: String? = nil
    ) -> Paged<JSON> {
        Paged(
            client: self,
            request: OktaRequest(.get, path, query: RequestQuery(query), headers: RequestHeaders(headers)),
            layout: itemsKey.map { .member($0) } ?? .detected
        )
    }
}
