#if LocalOrg
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPCompression

/// Decompresses DEFLATE (RFC 1951), the encoding of SAML requests in the redirect binding.
enum Inflate {
    /// The maximum number of decompressed bytes. No request is as large, but a small input can expand a thousandfold.
    private static let limit = 1 << 20

    /// The zlib header (RFC 1950) that NIO's decompressor expects. The checksum at the end is missing in raw DEFLATE,
    /// which does no harm: by then all data has been decompressed.
    private static let head: [UInt8] = [0x78, 0x9C]

    /// Returns the decompressed data, cut short if the input is; nil if the input is not DEFLATE or too large.
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
