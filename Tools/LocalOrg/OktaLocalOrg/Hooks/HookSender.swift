import HTTPTypes
import OktaRuntime
internal import Synchronization

/// Calls hooks over HTTP with Okta's rules: a timeout, and, for most hooks, one retry after a timeout or a failure of the
/// service. A 4xx response is final.
final class HookSender: Sendable {
    /// The time limit for a response, for each attempt.
    private let timeout: Duration

    /// Created for the first call, so an org without hooks needs no transport thread.
    private let transport = Mutex<CurlTransport?>(nil)

    init(timeout: Duration) { self.timeout = timeout }

    /// Calls a hook and returns the result.
    func send(_ delivery: HookDelivery) async -> HookDelivery {
        guard delivery.problem == nil, let address = HookAddress(delivery.url), address.isLoopback else {
            return delivery.notCalled("the address is not one of this machine")
        }
        var result = delivery
        for _ in 0..<delivery.attempts {
            do throws(TransportError) {
                let response = try await shared().send(request(delivery, address))
                let status = response.head.status.code
                result.statuses.append(status)
                result.responseBody = response.body
                result.outcome = (200..<300).contains(status) ? .delivered : .failed
                result.problem = nil
                if status < 500 { return result }
            } catch {
                result.statuses.append(nil)
                result.outcome = .failed
                result.problem = "the hook did not respond: \(error)"
                if Task.isCancelled { return result }
            }
        }
        return result
    }

    /// Closes the connections.
    func shutdown() {
        transport.withLock {
            $0?.shutdown()
            $0 = nil
        }
    }

    private func shared() throws(TransportError) -> CurlTransport {
        try transport.withLock { known throws(TransportError) in
            if let known { return known }
            let new = try CurlTransport(options: CurlTransport.Options(proxy: ""))
            known = new
            return new
        }
    }

    private func request(_ delivery: HookDelivery, _ address: HookAddress) -> TransportRequest {
        var fields = HTTPFields()
        for (name, value) in delivery.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let head = HTTPRequest(
            method: delivery.method == "GET" ? .get : .post, scheme: address.scheme, authority: address.authority,
            path: address.path, headerFields: fields)
        return TransportRequest(
            head: head, body: delivery.method == "GET" ? nil : delivery.body,
            timeouts: TransportRequest.Timeouts(connect: timeout, total: timeout),
            maximumResponseBytes: 4 << 20)
    }
}
