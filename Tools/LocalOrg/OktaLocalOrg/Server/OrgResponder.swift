#if LocalOrg
import HTTPTypes
import Hummingbird
import NIOCore
import OktaRuntime

/// The connection of a request, which a fault can close.
struct OrgRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// Passes requests to the engine unchanged: the framework neither routes nor decodes them.
struct OrgResponder: HTTPResponder {
    let engine: OrgEngine
    let scheme: String
    let latency: Duration
    let observer: (@Sendable (LocalRequest, LocalResponse) -> Void)?

    /// The maximum size of a body.
    private static let maximumBody = 16 << 20

    private struct ConnectionCut: Error {}

    func respond(to request: Request, context: OrgRequestContext) async throws -> Response {
        let body = try await Self.body(of: request)
        guard let host = Self.host(of: request.head) else { return Self.response(engine.refuseUnreadable()) }
        var headers = request.headers.map { (name: $0.name.rawName, value: $0.value) }
        headers.append(("host", host))
        // The engine takes the scheme from `X-Forwarded-Proto`. Without it, it would treat a host name other than
        // loopback, such as a container's, as one of a server with TLS.
        if request.headers.allSatisfy({ $0.name.canonicalName != "x-forwarded-proto" }) {
            headers.append(("x-forwarded-proto", scheme))
        }
        let isHead = request.method == .head
        let local = LocalRequest(
            isHead ? "GET" : request.method.rawValue, request.head.path ?? "/", headers: headers, body: body)
        let isAdmitted = engine.begin()
        defer { engine.end() }
        let (localResponse, fault) = await engine.respond(to: local, isAdmitted: isAdmitted)
        let delay = latency + .milliseconds(fault?.kind == .delay ? fault?.milliseconds ?? 0 : 0)
        if delay > .zero { try await Task.sleep(for: delay) }
        observer?(local, localResponse)
        if fault?.kind == .cutConnection {
            try? await context.channel.close()
            return Response(status: .noContent)
        }
        let coded = ResponseCoding.coded(localResponse, for: local)
        var response = Self.response(coded)
        if isHead {
            response.body = Self.length(of: coded.body)
        } else if fault?.kind == .halfBody {
            response.body = Self.half(of: coded.body)
        }
        return response
    }

    private static func response(_ local: LocalResponse) -> Response {
        var fields = HTTPFields()
        for (name, value) in local.headers where name != "date" {
            if let name = fieldName(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return Response(
            status: .init(code: local.status), headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: local.body)))
    }

    /// Returns the host of a request; nil unless it has exactly one `Host` (RFC 9112, section 3.2). The framework
    /// moves the first one to the authority, so one among the header fields is a second.
    private static func host(of head: HTTPRequest) -> String? {
        guard let host = head.authority, !host.isEmpty,
            head.headerFields.allSatisfy({ $0.name.canonicalName != "host" })
        else { return nil }
        return host
    }

    /// Returns the body. A request without a body is not awaited, which would take longer than handling it.
    private static func body(of request: Request) async throws -> [UInt8] {
        if request.headers[.transferEncoding] == nil, request.headers[.contentLength] ?? "0" == "0" { return [] }
        return Array(try await request.body.collect(upTo: maximumBody).readableBytesView)
    }

    /// Returns a header field name in the capitalization of HTTP/1.1 servers, since some clients only look for `Link`.
    private static func fieldName(_ name: String) -> HTTPField.Name? {
        if let known = names[name] { return known }
        return HTTPField.Name(
            name.split(separator: "-", omittingEmptySubsequences: false)
                .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-"))
    }

    /// Cached names: those in every response, and those with unusual capitalization.
    private static let names: [String: HTTPField.Name] = {
        let spellings = [
            "Content-Type", "Link", "ETag", "X-Okta-Request-Id", "X-Rate-Limit-Limit", "X-Rate-Limit-Remaining",
            "X-Rate-Limit-Reset", "DPoP-Nonce", "WWW-Authenticate",
        ]
        return Dictionary(
            spellings.compactMap { spelling in HTTPField.Name(spelling).map { ($0.canonicalName, $0) } },
            uniquingKeysWith: { first, _ in first })
    }()

    /// Returns an empty body with the content length of the equivalent GET (RFC 9110, section 8.6).
    private static func length(of bytes: [UInt8]) -> ResponseBody {
        ResponseBody(contentLength: bytes.count) { writer in try await writer.finish(nil) }
    }

    private static func half(of bytes: [UInt8]) -> ResponseBody {
        ResponseBody(contentLength: bytes.count) { writer in
            try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
            throw ConnectionCut()
        }
    }
}
#endif
