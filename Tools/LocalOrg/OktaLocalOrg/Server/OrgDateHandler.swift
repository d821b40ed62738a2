#if LocalOrg
import HTTPTypes
import NIOCore
import NIOHTTPTypes

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
