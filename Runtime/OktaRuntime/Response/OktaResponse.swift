public import HTTPTypes

/// A complete API response.
///
/// One reference to its parts: a function that waits for a response has a place for it, and responses are passed through
/// several functions.
public struct OktaResponse: Sendable {
    private let parts: Parts

    /// The status.
    public var status: HTTPResponse.Status { parts.status }

    /// The header fields, in the order received, duplicates kept.
    public var headers: HTTPFields { parts.headers }

    /// The body after decompression; empty when there was none.
    public var body: [UInt8] { parts.body }

    /// The method of the call.
    public var method: HTTPRequest.Method { parts.method }

    /// The path of the call, without its query.
    public var path: String { parts.target.withoutQuery }

    /// The path with `{}` for each value; the same for every call of an action. See ``RequestPath/template``.
    public var template: String { parts.template }

    /// The attempts of the call before this response; usually none.
    public var previousAttempts: [RetriedAttempt] { parts.previousAttempts }

    /// The parsed error when the status is not 2xx; nil for a response that was not received from a server.
    var error: ErrorResponse? { parts.error }

    /// The kind of token that the call carried; nil for a response with a 2xx status.
    var token: TokenKind? { parts.token }

    private final class Parts: Sendable {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let body: [UInt8]
        let method: HTTPRequest.Method
        /// The path with its query, which few read.
        let target: String
        let template: String
        let previousAttempts: [RetriedAttempt]
        let error: ErrorResponse?
        let token: TokenKind?

        init(
            _ head: HTTPResponse, _ body: [UInt8], _ method: HTTPRequest.Method, _ target: String, _ template: String,
            _ previousAttempts: [RetriedAttempt], error: ErrorResponse? = nil, token: TokenKind? = nil
        ) {
            status = head.status
            headers = head.headerFields
            self.body = body
            self.method = method
            self.target = target
            self.template = template
            self.previousAttempts = previousAttempts
            self.error = error
            self.token = token
        }
    }

    /// Creates a response that a server sent.
    init(
        _ response: TransportResponse, error: ErrorResponse?, to request: OktaRequest, token: TokenKind? = nil,
        previousAttempts: [RetriedAttempt]
    ) {
        parts = Parts(
            response.head, response.body, request.method, request.path.encoded, request.path.template, previousAttempts,
            error: error, token: token)
    }

    /// Creates a response; for tests and custom tools.
    public init(
        status: HTTPResponse.Status,
        headers: HTTPFields = [:],
        body: [UInt8] = [],
        method: HTTPRequest.Method = .get,
        path: String = "/",
        template: String? = nil,
        previousAttempts: [RetriedAttempt] = []
    ) {
        let head = HTTPResponse(status: status, headerFields: headers)
        parts = Parts(head, body, method, path, template ?? path, previousAttempts)
    }

    /// Okta's id of the request, for its support; `nil` when the response did not come from an org. Safe to display:
    /// unusual text is shortened and escaped.
    public var requestID: String? { error?.requestID ?? headers.requestID }

    /// The rate limit that applied; `nil` when the response does not state one.
    public var rateLimit: RateLimit? { RateLimit(headers) }

    /// How many times the call was sent, including the attempt of this response.
    public var attemptCount: Int { previousAttempts.count + 1 }

    /// Whether the body is empty or only white space.
    public var isBodyEmpty: Bool {
        body.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    }

    /// The body as JSON.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` when it is empty or not JSON.
    public func json() throws(OktaError) -> JSON {
        guard !isBodyEmpty else {
            throw .decoding(failure("the response (\(status.code)) has no body, but JSON was expected"))
        }
        do {
            return try JSON(parsing: body)
        } catch {
            let type =
                headers[.contentType].map { " The response's type is \(ForeignText.shown($0, limit: 80))." } ?? ""
            throw .decoding(failure("\(ForeignText.shown("\(error)")).\(type)"))
        }
    }

    func failure(_ reason: String) -> OktaError.DecodingFailure {
        OktaError.DecodingFailure(reason: reason, method: method, path: path, requestID: requestID)
    }
}

extension OktaResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The call, the status and the size; never the content, which may hold secrets.
    public var description: String {
        "\(method.rawValue) \(path): \(status.code), \(body.count) bytes"
            + (requestID.flatMap(ForeignText.identifier).map { " (request \($0))" } ?? "")
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without header fields and body.
    public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}

extension OktaResponse {
    /// The body as a model.
    ///
    /// - Parameter mayBeEmpty: Whether an empty body, or null, reads as an empty model: an acknowledgement. Otherwise
    ///   it is an error, because a model that is empty by mistake could be sent back with one field instead of all.
    /// - Throws: ``OktaError/decoding(_:)`` when the body is not an object.
    func model<Model: OktaModel>(mayBeEmpty: Bool) throws(OktaError) -> Model {
        if mayBeEmpty, isBodyEmpty { return Model() }
        let json = try json()
        if mayBeEmpty, json.kind == .null { return Model() }
        guard json.kind == .object else { throw .decoding(failure("expected an object, found \(json.kind)")) }
        return Model(json: json)
    }

    /// The body as a value that is neither a model nor a list. Members of an object that do not have the type are
    /// skipped.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` when the body is not such a value, or has members of which none has the
    ///   type.
    func value<Value: JSONConvertible>() throws(OktaError) -> Value {
        let json = try json()
        guard let value = Value(lenient: json) else {
            throw .decoding(failure("expected \(Value.jsonTypeName), found \(json.kind)"))
        }
        if let members = json.members, !members.isEmpty, value.json.members?.isEmpty == true {
            throw .decoding(failure("expected \(Value.jsonTypeName), but none of \(members.count) members has it"))
        }
        return value
    }

    /// The body as a list. Elements that do not have the type are skipped.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` when the body is not an array, or has elements of which none has the type:
    ///   then the type is wrong, and an empty list would hide that.
    func elements<Element: JSONConvertible>() throws(OktaError) -> [Element] {
        let json = try json()
        guard let elements = json.elements else {
            throw .decoding(failure("expected an array, found \(json.kind)"))
        }
        let decoded = elements.compactMap { Element(lenient: $0) }
        guard decoded.isEmpty, !elements.isEmpty else { return decoded }
        let reason =
            "expected elements of type \(Element.jsonTypeName), but none of the response's \(elements.count) has it"
        throw .decoding(failure(reason))
    }
}
