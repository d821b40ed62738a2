internal import OktaRuntime

/// One message of JSON-RPC 2.0, as a client sends it.
enum ProtocolMessage: Sendable {
    /// A request; it has one response.
    case request(id: JSON, method: String, params: JSON)
    /// A notification; it has none.
    case notification(method: String, params: JSON)
    /// The response to a request of the server, which sends none.
    case response
    /// No message. The id is that of the request, where it can be read.
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

    /// An id as the protocol has it: a string, or a whole number.
    static func id(_ json: JSON) -> JSON? {
        if let text = json.string { return JSON(text) }
        return json.int.map { JSON($0) }
    }
}

/// Why a request has an error instead of a result, by the codes of JSON-RPC and of the protocol.
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

    /// The response; without an id where the request's could not be read.
    func response(to id: JSON?) -> JSON {
        var error: JSON = ["code": JSON(code), "message": JSON(message)]
        if let data { error["data"] = data }
        var response: JSON = ["jsonrpc": "2.0"]
        if let id { response["id"] = id }
        response["error"] = error
        return response
    }
}
