#if LocalOrg
import HummingbirdCore
import NIOCore
import Synchronization

/// The open connections of an org, which are closed when it stops.
///
/// A server whose task is cancelled drops accepted connections that it does not serve yet. They would stay open, and
/// releasing the writer of an open connection traps. So each connection is kept here until it is closed.
final class OrgConnections: Sendable {
    private struct State {
        var open: [ObjectIdentifier: HTTP1Channel.Value] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Keeps a connection until it is closed. It is closed at once if `close()` has been called.
    func keep(_ connection: HTTP1Channel.Value) {
        let channel = connection.channel
        let id = ObjectIdentifier(channel)
        let isLate = state.withLock { state in
            state.open[id] = connection
            return state.isClosed
        }
        channel.closeFuture.whenComplete { _ in _ = self.state.withLock { $0.open.removeValue(forKey: id) } }
        if isLate { channel.close(promise: nil) }
    }

    /// Closes all connections, including those in set-up.
    func close() async {
        let open = state.withLock { state in
            state.isClosed = true
            return state.open.values.map(\.channel)
        }
        for channel in open { channel.close(promise: nil) }
        for channel in open { try? await channel.closeFuture.get() }
    }
}
#endif
