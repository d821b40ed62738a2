#if LocalOrg
import NIOCore
import NIOHTTP1

/// Takes the host of a request target in absolute form, as clients send one to a proxy, instead of the field `Host`
/// (RFC 9112, section 3.2.2). The framework keeps only the path of such a target.
final class TargetHostHandler: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), let target = AbsoluteTarget(head.uri) else {
            return context.fireChannelRead(data)
        }
        head.uri = target.rest
        // A request without exactly one field is refused as any other one is.
        if head.headers["host"].count == 1 { head.headers.replaceOrAdd(name: "Host", value: target.host) }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}

/// A request target such as `http://example.com:8080/api/v1/users?limit=2`.
struct AbsoluteTarget {
    /// Host and port. It is empty where there is none, or where a user is named before it, which no server may take (RFC
    /// 9110, section 4.2.4).
    let host: String
    /// Path and query.
    let rest: String

    /// Nil for a target of another form.
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
