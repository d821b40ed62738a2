public import HTTPTypes

/// One answer of the API in full.
public struct OktaResponse: Sendable {
    /// The status.
    public let status: HTTPResponse.Status

    /// The header fields, in the order received, duplicates kept.
    public let headers: HTTPFields

    /// The body after decompression; empty when there was none.
    public let body: [UInt8]

    /// The method of the call.
    public let method: HTTPRequest.Method

    /// The path of the call, without its query.
    public let path: String

    /// The path with `{}` in place of each value; the same for every call of an action. See ``RequestPath/template``.
    public let template: String

    /// The attempts of the call before this answer; usually none.
    public let earlierAttempts: [CallAttempt]

    /// Creates an answer; for tests and custom tools.
    public init(
        status: HTTPResponse.Status,
        headers: HTTPFields = [:],
        body: [UInt8] = [],
        method: HTTPRequest.Method = .get,
        path: String = "/",
        template: String? = nil,
        earlierAttempts: [CallAttempt] = []
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.method = method
        self.path = path
        self.template = template ?? path
        self.earlierAttempts = earlierAttempts
    }

    /// Okta's id of the request, to be given to its support; `nil` when the answer did not come from an org.
    public var requestID: String? { headers.requestID }

    /// The rate limit that applied; `nil` when the answer does not state one.
    public var rateLimit: RateLimit? { RateLimit(headers) }

    /// How many times the call was sent, this answer's attempt included.
    public var attempts: Int { earlierAttempts.count + 1 }

    /// Whether there is nothing in the body but white space.
    public var isBodyEmpty: Bool {
        body.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    }

    /// The body as JSON.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` when it is empty or not JSON.
    public func json() throws(OktaError) -> JSON {
        guard !isBodyEmpty else { throw .decoding(failure("the answer has no body where JSON is expected")) }
        do {
            return try JSON(parsing: body)
        } catch {
            let type = headers[.contentType].map { " The answer's type is \($0.prefix(80))." } ?? ""
            throw .decoding(failure("\(error).\(type)"))
        }
    }

    func failure(_ reason: String) -> DecodingFailure {
        DecodingFailure(reason: reason, method: method, path: path, requestID: requestID)
    }
}

extension OktaResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The call, the status and the size; never the content, which may hold secrets.
    public var description: String {
        "\(method.rawValue) \(path): \(status.code), \(body.count) bytes"
            + (requestID.map { " (request \($0))" } ?? "")
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without header fields and body.
    public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
