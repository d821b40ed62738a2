#if LocalOrg
import HummingbirdCore
import NIOCore
import Synchronization

/// The open connections of an org, so that none is left when it stops.
///
/// A server whose task is cancelled drops the connections that it has accepted and not begun to serve. They would stay
/// open, and a process that releases the writer of an open connection ends. So each is kept here until it is closed.
final class OrgConnections: Sendable {
    private struct State {
        var open: [ObjectIdentifier: HTTP1Channel.Value] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Keeps a connection until it is closed. It is closed at once when the others have been.
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

    /// Closes all connections, also those that are still being set up.
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
