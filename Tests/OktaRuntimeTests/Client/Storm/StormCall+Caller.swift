import LoopbackServer
import OktaRuntime

extension StormCall {
    /// Makes the call with the behavior of its caller, and returns its result.
    func run(by client: OktaClient) async -> StormEnd {
        let task = Task {
            defer { begun.open() }
            return await perform(by: client)
        }
        if case .slow = kind.service {
            await begun.wait()
            mayGoOn.open()
        }
        switch kind.caller {
        case .waits, .reads, .leaves: break
        case .givesUp:
            for _ in 0..<number * 7 % 61 { await Task.yield() }
            task.cancel()
        case .givesUpMidway:
            await begun.wait()
            task.cancel()
        }
        let end = await task.value
        // A call with another result may never have reached this point.
        if case .endless = kind.service, ends.contains(end) { await clientLeft.wait() }
        return end
    }

    private func perform(by client: OktaClient) async -> StormEnd {
        do {
            let (body, attempts) = try await result(by: client)
            return body == Array(text.utf8) ? .value(attempts: attempts) : .other("the response to another call")
        } catch {
            return StormEnd(error)
        }
    }

    private func result(by client: OktaClient) async throws -> (body: [UInt8], attempts: Int) {
        switch kind.caller {
        case .waits, .givesUp, .givesUpMidway:
            let response = try await client.send(request)
            return (response.body, response.attemptCount)
        case .reads:
            let stream = try await client.stream(request)
            let body = try await stream.reduce(into: [UInt8]()) { $0 += $1 }
            return (body, stream.previousAttempts.count + 1)
        case .leaves:
            let stream = try await client.stream(request)
            return (Array(text.utf8), stream.previousAttempts.count + 1)
        }
    }
}
