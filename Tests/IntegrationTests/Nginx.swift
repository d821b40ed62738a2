import Foundation
import HTTPTypes
import OktaRuntime

/// The servers started by `Tests/Nginx/with-nginx`, which its environment variables describe.
struct Nginx: Sendable {
    /// Whether nginx is running. `make test-integration` starts it.
    static var isRunning: Bool { ProcessInfo.processInfo.environment["OKTA_NGINX_FOLDER"] != nil }

    /// The servers, which differ mostly in their certificate.
    enum Server: String {
        case plain = "PLAIN"
        case secure = "SECURE"
        case expired = "EXPIRED"
        case wrongHost = "WRONG_HOST"
        case unknownAuthority = "UNKNOWN_AUTHORITY"
        /// Requests a client certificate.
        case clientCertificate = "CLIENT_CERTIFICATE"
        /// Ends every connection after 50 requests.
        case goAway = "GOAWAY"
    }

    /// Returns the path of a file with a certificate or response.
    static func file(_ name: String) -> String {
        (ProcessInfo.processInfo.environment["OKTA_NGINX_FOLDER"] ?? "") + "/" + name
    }

    /// Scheme, host and port of a server.
    static func origin(_ server: Server) -> String {
        ProcessInfo.processInfo.environment["OKTA_NGINX_\(server.rawValue)"] ?? ""
    }

    /// The port of a server.
    static func port(_ server: Server) -> UInt16 {
        origin(server).split(separator: ":").last.flatMap { UInt16($0) } ?? 0
    }

    static func request(
        _ server: Server,
        _ path: String,
        method: HTTPRequest.Method = .get,
        streamedBody: BodyStream? = nil
    ) -> TransportRequest {
        let parts = origin(server).components(separatedBy: "://")
        let head = HTTPRequest(method: method, scheme: parts.first, authority: parts.last, path: path)
        return TransportRequest(head: head, streamedBody: streamedBody, timeouts: .patient)
    }

    /// A transport that trusts the tests' authority.
    static func transport(
        clientCertificate: CurlTransport.ClientCertificate? = nil,
        streamBufferBytes: Int = 256 << 10
    ) throws(TransportError) -> CurlTransport {
        try CurlTransport(
            options: .init(
                caBundlePath: file("ca.crt"), clientCertificate: clientCertificate, streamBufferBytes: streamBufferBytes
            ))
    }
}

extension TransportResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
