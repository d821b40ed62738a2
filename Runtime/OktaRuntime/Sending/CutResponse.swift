internal import HTTPTypes

/// Finds responses that were cut off although HTTP reports none.
///
/// A body that ends with its connection is complete for HTTP at any end of the connection (RFC 9112, section 8), and
/// libcurl 7.88.1 accepts a gzip body that ends early. HTTP/1.0 servers and some proxies send bodies in this way. For
/// JSON, the content shows whether it is complete.
enum CutResponse {
    /// - Throws: ``TransportError/Kind/truncatedResponse`` for a 2xx response whose JSON is incomplete, so that a read
    ///   is retried like any other that was cut off.
    static func check(_ response: TransportResponse, to method: HTTPRequest.Method) throws(TransportError) {
        let head = response.head
        guard head.status.kind == .successful, head.status != .noContent, isJSON(head.headerFields[.contentType]),
            // The response to a command may be empty; the one to a read is not.
            !response.body.isEmpty || method == .get
        else { return }
        do throws(JSON.ParseError) {
            _ = try JSON(parsing: response.body)
        } catch {
            guard error.reason == .unexpectedEnd else { return }
            let detail = "the connection ended inside the JSON, after \(response.body.count) bytes"
            throw TransportError(.truncatedResponse, detail: detail, mayHaveReachedServer: true)
        }
    }

    private static func isJSON(_ contentType: String?) -> Bool {
        let type = contentType?.prefix { $0 != ";" && !$0.isWhitespace }.lowercased() ?? ""
        return type == "application/json" || type.hasSuffix("+json")
    }
}
