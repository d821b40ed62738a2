import OktaRuntime

/// The response of an operation, without the header fields that all responses of an org have: ``LocalResponse`` is the
/// complete one.
struct OrgResponse: Sendable {
    var status: Int
    var body: [UInt8] = []
    var contentType: String? = "application/json"
    var headers: [(name: String, value: String)] = []
    /// A hook call whose result replaces this response.
    var hook: HookCall?

    static func json(_ json: JSON, status: Int = 200) -> OrgResponse { OrgResponse(status: status, body: json.bytes) }

    /// Returns a status without a body.
    static func empty(_ status: Int = 204) -> OrgResponse { OrgResponse(status: status, contentType: nil) }

    /// `{}`, Okta's response to many lifecycle operations.
    static let emptyObject = OrgResponse(status: 200, body: Array("{}".utf8))

    static func text(_ text: String, type: String) -> OrgResponse {
        OrgResponse(status: 200, body: Array(text.utf8), contentType: type)
    }

    /// Repeats an object's link to itself as a header, as real orgs do for custom roles and resource sets. A header with
    /// links does not mean a list.
    mutating func linkToSelf(of json: JSON) {
        guard let url = json.text("_links.self.href") else { return }
        headers.append(("link", "<\(url)>; rel=\"self\""))
    }
}

/// A hook call that a response depends on. The operation returns it, and is finished when the hook has responded.
struct HookCall: Sendable {
    var delivery: HookDelivery
    /// The number of the request's journal entry.
    var entry = -1
    /// The scheme and host that the caller used.
    var origin = ""
    /// Returns the response to the request from the result of the call.
    var finish: @Sendable (HookDelivery, inout OrgState) throws(OrgFault) -> OrgResponse
}
