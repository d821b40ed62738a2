#if LocalOrg
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
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

/// Replaces the `Host` header by the host of a request target in absolute form, which clients send to proxies (RFC
/// 9112, section 3.2.2). The framework keeps only the path of such a target.
final class TargetHostHandler: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), let target = AbsoluteTarget(head.uri) else {
            return context.fireChannelRead(data)
        }
        head.uri = target.rest
        // A request without exactly one `Host` is rejected like any other.
        if head.headers["host"].count == 1 { head.headers.replaceOrAdd(name: "Host", value: target.host) }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}

/// A request target in absolute form, such as `http://example.com:8080/api/v1/users?limit=2`.
struct AbsoluteTarget {
    /// The host and port; empty if there is none, or if userinfo precedes it, which servers must treat as an error
    /// (RFC 9110, section 4.2.4).
    let host: String
    /// The path and query.
    let rest: String

    /// Parses a target; nil if it has another form.
    init?(_ target: String) {
        let schemes = ["http://", "https://"]
        guard let scheme = schemes.first(where: { target.prefix($0.count).lowercased() == $0 }) else { return nil }
        let address = target.dropFirst(scheme.count)
        let authority = address.prefix { !"/?#".contains($0) }
        host = authority.contains("@") ? "" : String(authority)
        let path = String(address.dropFirst(authority.count))
        rest = path.hasPrefix("/") ? path : "/" + path
    }
}

/// Responds to `Expect: 100-continue` at once. Otherwise curl waits a second before it sends a body over a megabyte.
final class ExpectContinueHandler: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data),
            head.headerFields[.expect]?.lowercased() == "100-continue"
        {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        context.fireChannelRead(data)
    }
}

/// Writes the org's time to the `Date` header of responses. The framework uses the machine's time, but clients adjust
/// the times in their signatures to the server's.
final class OrgDateHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let clock: OrgClock
    /// Cached, since most responses of a connection are in the same second as the previous one.
    private var date = DateFieldCache()

    init(clock: OrgClock) { self.clock = clock }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        head.headerFields[.date] = date.text(of: clock.now)
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}
#endif
