#if LocalOrg
import NIOCore
import NIOHTTP1

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
#endif
