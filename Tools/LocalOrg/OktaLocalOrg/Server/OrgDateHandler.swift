#if LocalOrg
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Writes the org's time into the `Date` of responses. The framework writes that of the machine, and clients correct their
/// signatures by what the server says.
final class OrgDateHandler: ChannelOutboundHandler, RemovableChannelHandler, Sendable {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let clock: OrgClock

    init(clock: OrgClock) { self.clock = clock }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        head.headerFields[.date] = clock.now.http
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}
#endif
