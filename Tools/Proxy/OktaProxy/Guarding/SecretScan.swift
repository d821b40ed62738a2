#if Proxy
package import HTTPTypes

/// Looks for credentials that the proxy has added in what the org answers, so that a server which echoes a request does not
/// hand them to a client.
///
/// Finds them as they were sent, wherever the body is cut into pieces. Bytes that may be the beginning of one are held back
/// until the next piece shows whether they are.
package struct SecretScan: Sendable {
    /// A response repeats a credential.
    package struct Leak: Error {}

    private let secrets: [[UInt8]]
    private var held: [UInt8] = []
    /// Shorter words occur by chance.
    private static let shortest = 8

    /// - Parameter credentials: The fields that the proxy has added to the request.
    package init(_ credentials: HTTPFields) {
        var secrets: [[UInt8]] = []
        for field in credentials where field.name.canonicalName == "authorization" {
            for word in field.value.split(separator: " ") where word.utf8.count >= Self.shortest {
                secrets.append(Array(word.utf8))
            }
        }
        self.secrets = secrets
    }

    /// Whether there is nothing to look for.
    package var isIdle: Bool { secrets.isEmpty }

    /// Whether a head repeats a credential.
    package func finds(in head: HTTPResponse) -> Bool {
        secrets.contains { secret in
            ByteSearch.contains(head.status.reasonPhrase, secret)
                || head.headerFields.contains { field in
                    ByteSearch.contains(field.name.rawName, secret)
                        || field.withUnsafeBytesOfValue { ByteSearch.contains(UnsafeRawBufferPointer($0), secret) }
                }
        }
    }

    /// Whether a whole text repeats a credential.
    package func finds(in bytes: [UInt8]) -> Bool {
        secrets.contains { ByteSearch.contains(bytes, $0) }
    }

    /// The bytes that can be passed on after a further piece.
    package mutating func pass(_ piece: [UInt8]) throws(Leak) -> [UInt8] {
        guard !isIdle else { return piece }
        let bytes = held.isEmpty ? piece : held + piece
        guard !finds(in: bytes) else { throw Leak() }
        let count = bytes.count - undecided(bytes)
        held = Array(bytes[count...])
        return count == bytes.count ? bytes : Array(bytes[..<count])
    }

    /// What was held back, when the body has ended.
    package mutating func rest() -> [UInt8] {
        defer { held = [] }
        return held
    }

    /// The length of the longest end that is the beginning of a secret.
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
