import Synchronization

/// Collects the responses of the calls made inside ``OktaClient/withResponse(_:)``.
final class ResponseRecorder: Sendable {
    private let recorded = Mutex<[OktaResponse]>([])

    func record(_ response: OktaResponse) {
        recorded.withLock { $0.append(response) }
    }

    var responses: [OktaResponse] { recorded.withLock { $0 } }
}
