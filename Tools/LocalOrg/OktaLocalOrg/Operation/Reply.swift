import OktaRuntime

/// What an operation answers.
struct Reply: Sendable {
    var status: Int
    var body: [UInt8] = []
    var contentType: String? = "application/json"
    var headers: [(name: String, value: String)] = []
    /// The hook whose answer decides, instead of the above.
    var hook: HookCall?

    static func json(_ json: JSON, status: Int = 200) -> Reply { Reply(status: status, body: json.bytes) }

    /// A status without a body.
    static func empty(_ status: Int = 204) -> Reply { Reply(status: status, contentType: nil) }

    /// `{}`, which Okta answers to many lifecycle calls.
    static let emptyObject = Reply(status: 200, body: Array("{}".utf8))

    static func text(_ text: String, type: String) -> Reply {
        Reply(status: 200, body: Array(text.utf8), contentType: type)
    }
}

/// A call of a hook that an answer depends on: an operation hands it over, and is finished when the hook has answered.
struct HookCall: Sendable {
    var delivery: HookDelivery
    /// The number of the request in the journal.
    var entry = -1
    /// The answer to the request, by what came of the call.
    var finish: @Sendable (HookDelivery, inout OrgState) throws(OrgFault) -> Reply
}
