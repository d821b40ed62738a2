extension OrgEngine {
    /// The messages with codes for users, newest last. A local org does not send them.
    public var messages: [OrgMessage] { edit(state: { $0.messages }) }

    /// Returns all hook calls after the queued ones have completed. Hooks on this machine are called over HTTP; all
    /// others are listed with the reason why they were not called.
    public func deliveries() async -> [HookDelivery] { await hooks.deliveries() }

    /// Handles a request, and calls the hook that the response depends on: to verify an event hook, to test an
    /// inline hook, or to change tokens.
    public func respond(to request: LocalRequest) async -> LocalResponse {
        await respond(to: request, isAdmitted: true).response
    }

    /// Handles a request as `respond(to:)` does, and also returns the fault that the server has to inject.
    func respond(
        to request: LocalRequest, isAdmitted: Bool
    ) async -> (response: LocalResponse, fault: Fault?) {
        // The list of calls includes all that earlier requests caused.
        if request.target.hasPrefix("/_local/deliveries") { _ = await hooks.deliveries() }
        var (response, fault, hook) = perform(request, isAdmitted: isAdmitted, callsHooks: true)
        let entry = hook?.entry
        while let next = hook { (response, hook) = finish(next, await hooks.call(next.delivery), response) }
        if let fault, let entry {
            let url = Self.origin(of: request, configuration.subdomain) + request.target
            fault.kind.spoil(&response, url: url, milliseconds: fault.milliseconds)
            edit { content in content.journal.set(status: response.status, ofEntry: entry) }
        }
        return (response, fault)
    }
}
