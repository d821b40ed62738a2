extension OrgEngine {
    /// The messages with codes that the org would have sent to its users, the latest last.
    public var messages: [OrgMessage] { edit(state: { $0.messages }) }

    /// The calls of hooks so far, after those in the queue are made. Hooks on this machine are called over HTTP; all others
    /// are listed with the reason why not.
    public func deliveries() async -> [HookDelivery] { await hooks.deliveries() }

    /// Answers a request, and calls the hook that the answer depends on: the verification of an event hook, and the test of
    /// an inline hook.
    public func respond(to request: LocalRequest) async -> LocalResponse {
        await answerCallingHooks(request).response
    }

    /// The same, with the fault that the server has to finish.
    func answerCallingHooks(
        _ request: LocalRequest, isAdmitted: Bool = true
    ) async -> (response: LocalResponse, fault: Fault?) {
        // Who asks for the calls gets all that earlier requests caused.
        if request.target.hasPrefix("/_local/deliveries") { _ = await hooks.deliveries() }
        var (response, fault, hook) = perform(request, isAdmitted: isAdmitted, callsHooks: true)
        while let next = hook, fault == nil {
            (response, hook) = finish(next, await hooks.call(next.delivery), response)
        }
        return (response, fault)
    }
}
