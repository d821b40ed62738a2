internal import OktaRuntime

/// A JSON-RPC 2.0 message of a client.
enum ProtocolMessage: Sendable {
    /// A request, which has one response.
    case request(id: JSON, method: String, params: JSON)
    /// A notification, which has no response.
    case notification(method: String, params: JSON)
    /// A response. The server sends no requests, so it is ignored.
    case response
    /// An invalid message. The id is the request's if it can be read.
    case invalid(id: JSON?, reason: String)

    init(_ json: JSON) {
        guard json.members != nil else {
            self = .invalid(id: nil, reason: "a message is a JSON object, not \(json.kind.rawValue)")
            return
        }
        let given = json["id"]
        let id = given.flatMap(Self.id)
        guard json["jsonrpc"]?.string == "2.0" else {
            self = .invalid(id: id, reason: "the member jsonrpc must be \"2.0\"")
            return
        }
        guard let name = json["method"] else {
            let isResponse = json["result"] != nil || json["error"] != nil
            self = isResponse ? .response : .invalid(id: id, reason: "the member method is missing")
            return
        }
        guard let method = name.string else {
            self = .invalid(id: id, reason: "the member method must be a string")
            return
        }
        let params = json["params"] ?? JSON.emptyObject
        guard params.members != nil else {
            self = .invalid(id: id, reason: "the member params must be an object")
            return
        }
        guard let given else {
            self = .notification(method: method, params: params)
            return
        }
        guard let id else {
            self = .invalid(id: nil, reason: "the id must be a string or a whole number, not \(given.kind.rawValue)")
            return
        }
        self = .request(id: id, method: method, params: params)
    }

    /// Returns an id that the protocol allows, a string or an integer; nil for any other value.
    static func id(_ json: JSON) -> JSON? {
        if let text = json.string { return JSON(text) }
        return json.int.map { JSON($0) }
    }
}

/// An error of a request, with a code of JSON-RPC or of the protocol.
struct ProtocolError: Error, Sendable {
    let code: Int
    let message: String
    var data: JSON?

    static func parse(_ reason: String) -> ProtocolError { ProtocolError(code: -32700, message: reason) }
    static func invalidRequest(_ reason: String) -> ProtocolError { ProtocolError(code: -32600, message: reason) }
    static func unknownMethod(_ name: String) -> ProtocolError {
        ProtocolError(code: -32601, message: "there is no method \(name.prefix(100))")
    }
    static func invalidParams(_ reason: String) -> ProtocolError { ProtocolError(code: -32602, message: reason) }
    static func internalError(_ reason: String) -> ProtocolError { ProtocolError(code: -32603, message: reason) }
    static func unsupportedVersion(_ requested: String) -> ProtocolError {
        let supported = ProtocolVersion.perRequest.map { JSON($0.rawValue) }
        return ProtocolError(
            code: -32022, message: "Unsupported protocol version",
            data: ["supported": JSON(supported), "requested": JSON(String(requested.prefix(100)))])
    }

    /// Returns the response, without an id if the request's cannot be read.
    func response(to id: JSON?) -> JSON {
        var error: JSON = ["code": JSON(code), "message": JSON(message)]
        if let data { error["data"] = data }
        var response: JSON = ["jsonrpc": "2.0"]
        if let id { response["id"] = id }
        response["error"] = error
        return response
    }
}

/// The supported versions of the Model Context Protocol.
enum ProtocolVersion: String, Sendable, CaseIterable {
    case november2024 = "2024-11-05"
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    case july2026 = "2026-07-28"

    /// Whether each request states the version, without an initial handshake.
    var isPerRequest: Bool { self == .july2026 }

    /// Whether a message can be an array of several.
    var hasBatches: Bool { self == .march2025 }

    /// The versions with a handshake, newest last.
    static var ofHandshake: [ProtocolVersion] { allCases.filter { !$0.isPerRequest } }

    /// The versions that each request states.
    static var perRequest: [ProtocolVersion] { allCases.filter(\.isPerRequest) }

    /// Returns the negotiated version: the offered one if it is supported, otherwise the newest with a handshake.
    static func negotiated(_ offer: String) -> ProtocolVersion {
        ofHandshake.first { $0.rawValue == offer } ?? .november2025
    }
}
