#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import HTTPTypes

/// The secrets of a program that must not appear in any text, such as tokens, proofs, assertions and passwords.
///
/// A server that echoes a request would otherwise put them into errors and logs. Secrets are found verbatim,
/// percent-encoded and in base64, including parts of them, and with white space or invisible characters in between.
/// They are never printed.
package struct Secrets: Sendable {
    /// The encodings in which the secrets may be echoed, without white space.
    private var forms: [[UInt8]] = []

    /// The length in bytes from which a part of a secret is redacted. A shorter secret is redacted only as a whole.
    private static let stretch = 12
    /// The minimum length of a secret. Shorter ones are not redacted, because they would match in any text.
    private static let shortest = 4

    package init() {}

    /// Adds a secret.
    package mutating func add(_ secret: String) {
        let bytes = Array(secret.utf8.filter { $0 > 0x20 })
        guard bytes.count >= Self.shortest else { return }
        insert(bytes)
        let encoded = PercentEncoding.encode(secret)
        if encoded.utf8.count != secret.utf8.count {
            insert(Array(encoded.utf8))
            insert(Self.withSmallEscapes(Array(encoded.utf8)))
        }
        // Inside a longer text, base64 has one of three alignments, and its first and last characters also encode
        // adjacent bytes.
        for skipped in 0..<3 where bytes.count >= Self.stretch + skipped {
            let text = Data(secret.utf8.dropFirst(skipped)).base64EncodedString()
            insert(Array(text.utf8.prefix { $0 != UInt8(ascii: "=") }.dropLast(2)))
        }
    }

    /// Adds a user name and a password for a proxy or server, also in the form of RFC 7617.
    package mutating func add(user: String, password: String) {
        add(password)
        add(Data("\(user):\(password)".utf8).base64EncodedString())
    }

    /// Adds the user name and the password in the URL of a proxy, if any.
    mutating func add(proxy url: String) {
        let authority = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        guard let end = authority.lastIndex(of: "@") else { return }
        let parts = authority[..<end].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return add(String(authority[..<end])) }
        add(String(parts[1]))
        add(
            user: PercentEncoding.decode(parts[0]) ?? String(parts[0]),
            password: PercentEncoding.decode(parts[1]) ?? String(parts[1]))
    }

    /// Adds the values of header fields that carry credentials, without the scheme.
    package mutating func add(_ fields: HTTPFields) {
        // These fields identify the client and contain no credentials.
        for field in fields where !["user-agent", "x-okta-user-agent-extended"].contains(field.name.canonicalName) {
            let words = field.value.split(separator: " ")
            guard words.count > 1, let first = words.first else {
                add(field.value)
                continue
            }
            for word in words.dropFirst() { add(String(word)) }
            guard first.lowercased() == "basic", let data = words.last.flatMap({ Data(base64Encoded: String($0)) })
            else { continue }
            if let password = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).last {
                add(String(password))
            }
        }
    }

    /// Adds all secrets of another set.
    package mutating func add(_ other: Secrets) {
        forms += other.forms
    }

    /// Adds the strings of a body under members whose names indicate secrets, such as `password` and `clientSecret`.
    mutating func add(bodyOf value: JSON) {
        var left = 10_000
        add(bodyOf: value, isSecret: false, &left)
    }

    private mutating func add(bodyOf value: JSON, isSecret: Bool, _ left: inout Int) {
        left -= 1
        guard left > 0 else { return }
        if isSecret, let text = value.string { return add(text) }
        for element in value.elements ?? [] { add(bodyOf: element, isSecret: isSecret, &left) }
        for member in value.members ?? [] {
            let name = member.key.lowercased()
            let isNamed = Self.secretNames.contains { name.contains($0) }
            add(bodyOf: member.value, isSecret: isSecret || isNamed, &left)
        }
    }

    private static let secretNames = [
        "password", "passcode", "secret", "token", "assertion", "privatekey", "answer", "authscheme",
    ]

    /// Returns the text with lowercase escapes such as `%2f`.
    private static func withSmallEscapes(_ encoded: [UInt8]) -> [UInt8] {
        encoded.enumerated().map { index, byte in
            let isDigit = encoded[max(0, index - 2)..<index].contains(UInt8(ascii: "%"))
            return isDigit && (0x41...0x46).contains(byte) ? byte | 0x20 : byte
        }
    }

    private mutating func insert(_ form: [UInt8]) {
        if !form.isEmpty, !forms.contains(form) { forms.append(form) }
    }

    /// Returns a text with `<redacted>` in place of each secret or part of one.
    func redacting(_ text: some BidirectionalCollection<Unicode.Scalar>) -> String.UnicodeScalarView {
        let seen = VisibleBytes(text)
        var isSecret = [Bool](repeating: false, count: seen.scalarCount)
        for place in places(in: seen.bytes) {
            guard let first = seen.scalars[place].first, let last = seen.scalars[place].last else { continue }
            // Invisible characters within a match are redacted too.
            for index in first...last { isSecret[index] = true }
        }
        var result = String.UnicodeScalarView()
        for (index, scalar) in text.enumerated() {
            if !isSecret[index] {
                result.append(scalar)
            } else if index == 0 || !isSecret[index - 1] {
                result.append(contentsOf: "<redacted>".unicodeScalars)
            }
        }
        return result
    }

    /// Returns the ranges of secrets.
    private func places(in text: [UInt8]) -> [Range<Int>] {
        var windows: [ArraySlice<UInt8>: [Int]] = [:]
        var found: [Range<Int>] = []
        if text.count >= Self.stretch {
            for start in 0...text.count - Self.stretch {
                windows[text[start..<start + Self.stretch], default: []].append(start)
            }
        }
        for form in forms {
            guard form.count >= Self.stretch else {
                guard text.count >= form.count else { continue }
                for start in 0...text.count - form.count where text[start..<start + form.count].elementsEqual(form) {
                    found.append(start..<start + form.count)
                }
                continue
            }
            for start in 0...form.count - Self.stretch {
                for place in windows[form[start..<start + Self.stretch]] ?? [] {
                    found.append(place..<place + Self.stretch)
                }
            }
        }
        return found
    }
}

extension Secrets: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The UTF-8 of a text without white space and invisible characters, and the character that each byte belongs to.
private struct VisibleBytes {
    var bytes: [UInt8] = []
    var scalars: [Int] = []
    var scalarCount = 0

    init(_ text: some BidirectionalCollection<Unicode.Scalar>) {
        for scalar in text {
            defer { scalarCount += 1 }
            let isBlank = scalar.value <= 0x20 || scalar.value == 0x7F || scalar.properties.isWhitespace
            guard !isBlank, !scalar.properties.isDefaultIgnorableCodePoint else { continue }
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                bytes.append(byte)
                scalars.append(scalarCount)
            }
        }
    }
}
