/// A call of a hook that an answer depends on: an operation hands it over, and is finished when the hook has answered.
struct HookCall: Sendable {
    var delivery: HookDelivery
    /// The number of the request in the journal.
    var entry = -1
    /// The answer to the request, by what came of the call.
    var finish: @Sendable (HookDelivery, inout OrgState) throws(OrgFault) -> Reply
}
