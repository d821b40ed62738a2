#if Proxy
package import HTTPTypes

/// Scans responses for credentials that the proxy added, so that a server that echoes a request does not disclose them
/// to a client.
///
/// It finds them verbatim, however the body is divided into pieces. Bytes that may be the start of a credential are
/// held back until the next piece.
package struct SecretScan: Sendable {
    /// The response contains a credential.
    package struct Leak: Error {}

    private let secrets: [[UInt8]]
    private var held: [UInt8] = []
    /// The minimum length, since shorter words occur by chance.
    private static let shortest = 8

    /// Creates a scan.
    ///
    /// - Parameter credentials: The fields that the proxy added to the request.
    package init(_ credentials: HTTPFields) {
        var secrets: [[UInt8]] = []
        for field in credentials where field.name.canonicalName == "authorization" {
            for word in field.value.split(separator: " ") where word.utf8.count >= Self.shortest {
                secrets.append(Array(word.utf8))
            }
        }
        self.secrets = secrets
    }

    /// Whether there are no credentials to scan for.
    package var isIdle: Bool { secrets.isEmpty }

    /// Returns whether a head contains a credential.
    package func finds(in head: HTTPResponse) -> Bool {
        secrets.contains { secret in
            ByteSearch.contains(head.status.reasonPhrase, secret)
                || head.headerFields.contains { field in
                    ByteSearch.contains(field.name.rawName, secret)
                        || field.withUnsafeBytesOfValue { ByteSearch.contains(UnsafeRawBufferPointer($0), secret) }
                }
        }
    }

    /// Returns whether a text contains a credential.
    package func finds(in bytes: [UInt8]) -> Bool {
        secrets.contains { ByteSearch.contains(bytes, $0) }
    }

    /// Returns the bytes that can be delivered after a further piece.
    package mutating func pass(_ piece: [UInt8]) throws(Leak) -> [UInt8] {
        guard !isIdle else { return piece }
        let bytes = held.isEmpty ? piece : held + piece
        guard !finds(in: bytes) else { throw Leak() }
        let count = bytes.count - undecided(bytes)
        held = Array(bytes[count...])
        return count == bytes.count ? bytes : Array(bytes[..<count])
    }

    /// Returns the bytes that were held back, at the end of the body.
    package mutating func rest() -> [UInt8] {
        defer { held = [] }
        return held
    }

    /// Returns the length of the longest suffix that is a prefix of a secret.
    private func undecided(_ bytes: [UInt8]) -> Int {
        var longest = 0
        for secret in secrets {
            var start = max(0, bytes.count - (secret.count - 1))
            while bytes.count - start > longest {
                if bytes[start] == secret[0], bytes[start...].elementsEqual(secret[..<(bytes.count - start)]) {
                    longest = bytes.count - start
                }
                start += 1
            }
        }
        return longest
    }
}

extension SecretScan: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
#endif
