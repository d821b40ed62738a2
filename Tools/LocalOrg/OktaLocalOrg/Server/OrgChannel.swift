#if LocalOrg
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1

/// An HTTP/1.1 connection, with handlers for what the framework's types cannot represent.
struct OrgChannel: ServerChildChannel {
    private let base: HTTP1Channel
    private let connections: OrgConnections

    /// Returns the server of an org.
    static func server(
        _ connections: OrgConnections, handlers: @escaping @Sendable () -> [any RemovableChannelHandler]
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            OrgChannel(
                base: HTTP1Channel(responder: responder, configuration: .init(additionalChannelHandlers: handlers())),
                connections: connections)
        }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { [connections] value in
            connections.keep(value)
            let pipeline = channel.pipeline.syncOperations
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(TargetHostHandler(), position: .before(codec))
            return value
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
#endif
