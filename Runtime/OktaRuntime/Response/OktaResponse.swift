public import HTTPTypes

/// A complete API response.
///
/// The value is a single reference to its parts, because waiting functions reserve space for a response, and responses
/// are passed through several functions.
public struct OktaResponse: Sendable {
    private let parts: Parts

    /// The status.
    public var status: HTTPResponse.Status { parts.status }

    /// The header fields in the order received, including duplicates.
    public var headers: HTTPFields { parts.headers }

    /// The body after decompression; empty if there was none.
    public var body: [UInt8] { parts.body }

    /// The method of the call.
    public var method: HTTPRequest.Method { parts.method }

    /// The path of the call, without its query.
    public var path: String { parts.target.withoutQuery }

    /// The path with `{}` for each value, which is the same for all calls of an action. See ``RequestPath/template``.
    public var template: String { parts.template }

    /// The attempts of the call before this response; usually none.
    public var previousAttempts: [RetriedAttempt] { parts.previousAttempts }

    /// The parsed error if the status is not 2xx; `nil` for a response that was not received from a server.
    var error: ErrorResponse? { parts.error }

    /// The kind of token that the call carried; `nil` for a response with a 2xx status.
    var token: TokenKind? { parts.token }

    private final class Parts: Sendable {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let body: [UInt8]
        let method: HTTPRequest.Method
        /// The path with its query. ``path`` is derived on demand, because it is rarely read.
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

    /// Creates a response received from a server.
    init(
        _ response: TransportResponse, error: ErrorResponse?, to request: OktaRequest, token: TokenKind? = nil,
        previousAttempts: [RetriedAttempt]
    ) {
        parts = Parts(
            response.head, response.body, request.method, request.path.encoded, request.path.template, previousAttempts,
            error: error, token: token)
    }

    /// Creates a response, for tests and custom tools.
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

    /// Okta's id of the request, for a support case; `nil` if the response did not come from an org. It is safe to
    /// display, because unusual text is shortened and escaped.
    public var requestID: String? { error?.requestID ?? headers.requestID }

    /// The rate limit that applied; `nil` if the response does not state one.
    public var rateLimit: RateLimit? { RateLimit(headers) }

    /// The number of times that the call was sent, including the attempt of this response.
    public var attemptCount: Int { previousAttempts.count + 1 }

    /// Whether the body is empty or only white space.
    public var isBodyEmpty: Bool {
        body.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    }

    /// Returns the body as JSON.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` if it is empty or not JSON.
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
    /// The call, the status and the size, without the content, which may contain secrets.
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
    /// Returns the body as a model.
    ///
    /// - Parameter mayBeEmpty: Whether an empty body or null is an acknowledgement, which reads as an empty model.
    ///   Otherwise it is an error, because an update with an empty model would send one field instead of all.
    /// - Throws: ``OktaError/decoding(_:)`` if the body is not an object.
    func model<Model: OktaModel>(mayBeEmpty: Bool) throws(OktaError) -> Model {
        if mayBeEmpty, isBodyEmpty { return Model() }
        let json = try json()
        if mayBeEmpty, json.kind == .null { return Model() }
        guard json.kind == .object else { throw .decoding(failure("expected an object, found \(json.kind)")) }
        return Model(json: json)
    }

    /// Returns the body as a value that is neither a model nor a list. Members of an object that do not have the type
    /// are skipped.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` if the body is not such a value, or if it has members but none of them has
    ///   the type.
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

    /// Returns the body as a list. Elements that do not have the type are skipped.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` if the body is not an array, or if it has elements but none of them has the
    ///   type, because an empty list would hide that the type is wrong.
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
