#if CommandLine && LocalOrg
import Foundation
import OktaRuntime
import Synchronization

/// A time source during whose n-th pause a person approves the sign-in.
final class ApprovingSource: ServerClock.Source {
    /// The code that the person was shown.
    let userCode = Mutex("")
    private let source: OrgTimeSource
    private let number: Int
    private let approve: @Sendable (String) -> Void

    init(_ source: OrgTimeSource, after number: Int, _ approve: @escaping @Sendable (String) -> Void) {
        self.source = source
        self.number = number
        self.approve = approve
    }

    var elapsed: Duration { source.elapsed }
    var wallClock: Date { source.wallClock }

    func sleep(until moment: Duration) async throws(CancellationError) {
        if source.pauses.count == number { approve(userCode.withLock { $0 }) }
        try await source.sleep(until: moment)
    }
}
#endif
