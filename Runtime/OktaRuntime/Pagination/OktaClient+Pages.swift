public import HTTPTypes

extension OktaClient {
    /// Pages through any list of the org.
    ///
    /// Takes lists in both forms that the API has: an array whose next page is behind `Link: rel="next"`, and an object
    /// that holds the array beside `_links.next`.
    ///
    /// - Parameters:
    ///   - path: The path as a literal beginning with `/`; it may end with a query.
    ///   - query: Names and values, in sorted order.
    ///   - headers: Header fields of each call.
    ///   - itemsKey: The member that holds the array, where the list is wrapped in an object; needed only when the object
    ///     has other members than the array and `_links`.
    /// - Returns: The list; nothing is sent before it is iterated.
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
