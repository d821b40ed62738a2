#if LocalOrg
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Writes the org's time into the `Date` of responses. The framework writes that of the machine, and clients correct their
/// signatures by what the server says.
final class OrgDateHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let clock: OrgClock
    /// Most answers of a connection are of the same second as the one before.
    private var date = HTTPDate()

    init(clock: OrgClock) { self.clock = clock }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        head.headerFields[.date] = date.text(of: clock.now)
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}
#endif
