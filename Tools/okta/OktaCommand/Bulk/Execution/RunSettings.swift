package import OktaRuntime

/// How a run goes.
package struct RunSettings: Sendable {
    /// How many calls are in flight at most.
    package var callsInFlight = 8
    /// After how many failed rows the run stops; nil for never.
    package var maximumErrors: Int?
    /// How long a row without an answer is left alone before it is checked: the org may still be at work on it.
    package var settling = Duration.seconds(5)
    /// How long calls in flight may take when the run is interrupted.
    package var grace = Duration.seconds(5)

    package init() {}

    /// A client for a run: with as many calls in flight, and the whole of the limits that the org states to its token. The
    /// library waits for the end of a window, so a call may take longer than one.
    package func client(_ client: OktaClient) throws(CommandFailure) -> OktaClient {
        do throws(OktaError) {
            let client = try OktaClient(configuration: configuration(client.configuration))
            OrgUse.note(client)
            // Who waits at a terminal goes first.
            return client.with { $0.priority = .bulk }
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The settings of such a client.
    package func configuration(_ configuration: OktaConfiguration) -> OktaConfiguration {
        var configuration = configuration
        configuration.rateLimits.maximumConcurrentCalls = callsInFlight
        configuration.rateLimits.initialConcurrentCalls = min(4, callsInFlight)
        configuration.rateLimits.utilization = 1
        // A time that somebody has set stays; this is the library's own.
        if configuration.timeouts.total == .seconds(120) { configuration.timeouts.total = .seconds(600) }
        return configuration
    }
}
