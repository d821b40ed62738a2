/// The path of a request, built so that an interpolated value is always exactly one segment.
///
/// A path is written as a string literal. Its text is sent unchanged, and each interpolated value is percent-encoded as
/// one segment, including `/`, `?`, `#`, `%`, `@` and `:`.
///
/// ```swift
/// let login = "ada@example.com"
/// let path: RequestPath = "/api/v1/users/\(login)/groups"   // /api/v1/users/ada%40example.com/groups
/// ```
///
/// A value that is empty, `.` or `..` would refer to a different resource. A call with such a path throws
/// ``OktaError/invalidRequest(_:)`` and sends nothing.
public struct RequestPath: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The percent-encoded path, followed by a query if the literal has one.
    public let encoded: String

    /// The literal without its query and with `{}` for each value, such as `/api/v1/users/{}/groups`. It is the same
    /// for every call of an action, so it is suitable for messages and for grouping.
    ///
    /// Without interpolation, as in a path from a variable, a segment that looks like a value counts as one. These are
    /// the segment after `users`, and any segment that is neither a word of letters, hyphens and underscores nor a
    /// version such as `v1`. Any other value that consists of such characters remains visible, so interpolate private
    /// values.
    public let template: String

    /// The reason that the path is invalid; `nil` if it is valid.
    let fault: String?

    /// Creates a path without values.
    public init(stringLiteral value: String) {
        self.init(encoded: value, template: value, fault: nil)
    }

    /// Creates a path from a literal and its values.
    public init(stringInterpolation: StringInterpolation) {
        self.init(
            encoded: stringInterpolation.encoded,
            template: stringInterpolation.template,
            fault: stringInterpolation.fault.map { "\($0) of \(stringInterpolation.template)" },
            isChecked: stringInterpolation.isOrdinary
        )
    }

    /// - Parameter isChecked: Whether the path is known to be valid, and its template to be complete.
    init(encoded: String, template: String, fault: String?, isChecked: Bool = false) {
        self.encoded = encoded
        // Most literals without values need only one pass.
        let isPlain = isChecked || fault == nil && template == encoded && PathRedaction.isPlain(encoded)
        self.template = isPlain ? template : PathRedaction.of(template)
        self.fault = isPlain ? nil : fault ?? PathCheck.fault(in: encoded)
    }
}

extension RequestPath: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The ``template``, without values, which may be personal data.
    public var description: String { template }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the template only.
    public var customMirror: Mirror { Mirror(self, children: ["template": template]) }
}

/// The rules for the literal text of a path.
enum PathCheck {
    /// Returns the reason that an encoded path, including its query, is invalid; `nil` if it is valid.
    static func fault(in encoded: String) -> String? {
        // Bytes rather than characters, because this runs for every call.
        var text = encoded
        return text.withUTF8 { bytes in
            guard bytes.first == UInt8(ascii: "/") else { return "the path does not begin with \"/\"" }
            guard bytes.count < 2 || bytes[1] != UInt8(ascii: "/") else {
                return "the path begins with \"//\", which would name another host"
            }
            guard bytes.allSatisfy(PercentEncoding.isOfURLs) else {
                return "the path contains a character that must be percent-encoded"
            }
            var rest = bytes[...]
            while let end = rest.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) {
                if let fault = fault(inSegment: rest[..<end]) { return fault }
                if bytes[end] == UInt8(ascii: "?") { return nil }
                rest = rest[(end + 1)...]
            }
            return fault(inSegment: rest)
        }
    }

    /// Returns whether the literal text of a path with values has only letters, digits, `-`, `_`, `~` and dots within
    /// its segments. It then needs no further check, as in the paths of all actions.
    ///
    /// - Parameter isFirst: Whether the path begins with this text.
    static func isOrdinary(_ literal: String, isFirst: Bool) -> Bool {
        var text = literal
        return text.withUTF8 { bytes in
            let slash = UInt8(ascii: "/")
            if isFirst, bytes.first != slash || bytes.count > 1 && bytes[1] == slash { return false }
            var previous: UInt8?
            return bytes.allSatisfy { byte in
                defer { previous = byte }
                return byte == slash
                    || PercentEncoding.isUnreserved(byte) && !(byte == UInt8(ascii: ".") && previous == slash)
            }
        }
    }

    /// Returns the reason that a segment is invalid. The first check is fast, because few segments begin with a dot or
    /// have an escape.
    private static func fault(inSegment segment: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        guard segment.first == UInt8(ascii: ".") || segment.contains(UInt8(ascii: "%")) else { return nil }
        guard let decoded = PercentEncoding.decode(String(decoding: segment, as: UTF8.self)) else {
            return "the path contains a \"%\" without two hexadecimal digits"
        }
        return decoded == "." || decoded == ".." ? "the path contains the segment \"\(decoded)\"" : nil
    }
}

/// Creates the template of a path for logs and messages, with `{}` for each value.
///
/// With interpolation, the values are known. In a plain string, such as a link, they are not, so a segment that looks
/// like a value counts as one. The only effect of a false positive is that groups of calls become coarser.
enum PathRedaction {
    /// Returns the template, without a query, of a literal that has `{}` for each interpolated value.
    static func of(_ literal: String) -> String {
        let path = literal.withoutQuery
        return path.hasByte(UInt8(ascii: "{")) ? path : generalized(path)
    }

    /// Returns whether a path is its own template and valid by the rules of ``PathCheck``, because it begins with a
    /// slash and has only words.
    static func isPlain(_ path: String) -> Bool {
        var text = path
        return text.withUTF8 { bytes in
            guard bytes.count > 1, bytes[0] == UInt8(ascii: "/"), bytes[1] != UInt8(ascii: "/") else { return false }
            return hasOnlyWords(bytes)
        }
    }

    private static func generalized(_ path: String) -> String {
        // Bytes rather than characters, because this runs for every call. Most literals are their own template.
        var text = path
        if text.withUTF8(hasOnlyWords) { return path }
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var template = ""
        template.reserveCapacity(path.utf8.count)
        for (index, segment) in segments.enumerated() {
            if index > 0 { template += "/" }
            // A login may look like a word of the API, but it identifies a person.
            let isLogin = index > 0 && segments[index - 1].elementsEqual("users".utf8)
            if segment.isEmpty || !isLogin && isWord(segment, isFirst: index == 1) {
                template.append(contentsOf: Substring(segment))
            } else {
                template += "{}"
            }
        }
        return template
    }

    /// Returns whether all segments of a path are words that remain in the template.
    private static func hasOnlyWords(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = path[...]
        var index = 0
        var isLogin = false
        while true {
            let segment = rest.prefix { $0 != UInt8(ascii: "/") }
            guard segment.isEmpty || !isLogin && isWord(segment, isFirst: index == 1) else { return false }
            guard segment.endIndex < rest.endIndex else { return true }
            isLogin = segment.elementsEqual("users".utf8)
            rest = rest[(segment.endIndex + 1)...]
            index += 1
        }
    }

    /// Returns whether a segment is a word of Okta's API: letters, hyphens and underscores. Versions such as `v1` have
    /// a digit, and the first segment may have one, as in `/oauth2`. Any other segment with a digit is an id, a number
    /// or a user-defined name.
    private static func isWord(_ segment: some Collection<UInt8>, isFirst: Bool) -> Bool {
        let isVersion = segment.first == UInt8(ascii: "v") && segment.count <= 3
        return segment.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                isFirst || isVersion
            default:
                false
            }
        }
    }
}
