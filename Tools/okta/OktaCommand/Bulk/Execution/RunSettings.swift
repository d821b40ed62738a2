package import OktaRuntime

/// The settings of a run.
package struct RunSettings: Sendable {
    /// The maximum number of calls in flight.
    package var callsInFlight = 8
    /// The number of failed rows that stops the run; nil for no limit.
    package var maximumErrors: Int?
    /// The delay before a row without a response is checked, since the org may still be processing it.
    package var settling = Duration.seconds(5)
    /// The time limit for calls in flight after an interruption.
    package var grace = Duration.seconds(5)

    package init() {}

    /// Returns a client for a run, with its number of calls in flight and the whole of the token's rate limits. A call
    /// may wait for the next window, so the total timeout is longer.
    package func client(_ client: OktaClient) throws(CommandFailure) -> OktaClient {
        do throws(OktaError) {
            let client = try OktaClient(configuration: configuration(client.configuration))
            OrgUse.note(client)
            // Interactive commands take precedence.
            return client.with { $0.priority = .bulk }
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Returns the configuration of a run's client.
    package func configuration(_ configuration: OktaConfiguration) -> OktaConfiguration {
        var configuration = configuration
        configuration.rateLimits.maximumConcurrentCalls = callsInFlight
        configuration.rateLimits.initialConcurrentCalls = min(4, callsInFlight)
        configuration.rateLimits.utilization = 1
        // A timeout that the user has set is kept; this is the library's default.
        if configuration.timeouts.total == .seconds(120) { configuration.timeouts.total = .seconds(600) }
        return configuration
    }
}
