#if LocalOrg
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPCompression

/// Compresses response bodies with gzip for clients that accept it.
///
/// The library's handler expects one response per request of a connection. An org also responds to malformed requests
/// and sends 100 (Continue), so the handler runs in a channel without a socket for each body instead.
enum ResponseCoding {
    /// The minimum size: smaller bodies do not shrink.
    static let least = 1024

    /// Returns the response, compressed if the client accepts it.
    static func coded(_ response: LocalResponse, for request: LocalRequest) -> LocalResponse {
        guard response.body.count >= least, response.header("content-encoding") == nil else { return response }
        var coded = response
        coded.headers.append(("vary", "Accept-Encoding"))
        guard accepts(request), let body = compressed(response.body) else { return coded }
        coded.body = body
        coded.headers.append(("content-encoding", "gzip"))
        return coded
    }

    /// Returns whether a client accepts gzip (RFC 9110, section 12.5.3).
    static func accepts(_ request: LocalRequest) -> Bool {
        var weights: [String: Double] = [:]
        for field in request.headers where field.name.lowercased() == "accept-encoding" {
            for part in field.value.lowercased().split(separator: ",") {
                let parts = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
                guard let name = parts.first else { continue }
                let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
                weights[name == "x-gzip" ? "gzip" : name] = weight ?? 1
            }
        }
        return weights["gzip"] ?? weights["*"] ?? 0 > 0
    }

    /// Returns a body in gzip; nil if the library fails.
    private static func compressed(_ body: [UInt8]) -> [UInt8]? {
        let channel = EmbeddedChannel(handler: HTTPResponseCompressor(initialByteBufferCapacity: body.count))
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        var output: [UInt8] = []
        do {
            try channel.writeInbound(
                HTTPServerRequestPart.head(
                    HTTPRequestHead(version: .http1_1, method: .GET, uri: "/", headers: ["accept-encoding": "gzip"])))
            channel.write(
                HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)), promise: nil)
            channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
            try channel.writeOutbound(HTTPServerResponsePart.end(nil))
            while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
                if case .body(.byteBuffer(let buffer)) = part { output += buffer.readableBytesView }
            }
        } catch {
            return nil
        }
        return output.isEmpty ? nil : output
    }
}
#endif
