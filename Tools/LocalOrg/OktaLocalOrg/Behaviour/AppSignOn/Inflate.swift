#if LocalOrg
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPCompression

/// Reads data that was compressed by DEFLATE (RFC 1951), as requests of SAML are that come by redirect.
enum Inflate {
    /// More bytes than any request has: what is small may grow a thousandfold.
    private static let limit = 1 << 20

    /// The head of the zlib format (RFC 1950), which the handler of the library reads. The checksum behind the data, which
    /// this data does not have, is still awaited when all of the data is read.
    private static let head: [UInt8] = [0x78, 0x9C]

    /// The data, or as much of it as came; nil for what is not compressed so, or too large.
    static func inflated(_ input: [UInt8]) -> [UInt8]? {
        let channel = EmbeddedChannel(handler: NIOHTTPRequestDecompressor(limit: .size(limit)))
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        var output: [UInt8] = []
        do {
            try channel.writeInbound(
                HTTPServerRequestPart.head(
                    HTTPRequestHead(
                        version: .http1_1, method: .POST, uri: "/", headers: ["content-encoding": "deflate"])))
            try channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(bytes: head + input)))
            while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
                if case .body(let buffer) = part { output += buffer.readableBytesView }
            }
        } catch {
            return nil
        }
        return output.isEmpty ? nil : output
    }
}
#endif
