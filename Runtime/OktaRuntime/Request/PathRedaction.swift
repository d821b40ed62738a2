/// The form of a path for logs and messages: its words, with `{}` for each value.
///
/// With interpolation, the values are known. In a plain string, such as a link, they are not, so a segment that looks
/// like a value counts as one. False positives only make groups of calls coarser.
enum PathRedaction {
    /// The template of a literal that has `{}` for each interpolated value; without its query.
    static func of(_ literal: String) -> String {
        let end = literal.utf8.firstIndex(of: UInt8(ascii: "?")) ?? literal.endIndex
        let path = end == literal.endIndex ? literal : String(literal[..<end])
        return path.utf8.contains(UInt8(ascii: "{")) ? path : generalised(path)
    }

    private static func generalised(_ path: String) -> String {
        // Bytes rather than characters, because this runs for every call.
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var template = ""
        template.reserveCapacity(path.utf8.count)
        for (index, segment) in segments.enumerated() {
            if index > 0 { template += "/" }
            // A short login looks like any other word, and identifies a person.
            let isLogin = index > 0 && segments[index - 1].elementsEqual("users".utf8)
            if segment.isEmpty || !isLogin && isWord(segment, isFirst: index == 1) {
                template.append(contentsOf: Substring(segment))
            } else {
                template += "{}"
            }
        }
        return template
    }

    /// Words of Okta's API are letters, hyphens and underscores. Versions have a digit, as in `v1`, and so may the
    /// first segment, as in `/oauth2`. Any other segment with a digit is an id, a number, or a name that somebody
    /// chose.
    private static func isWord(_ segment: Substring.UTF8View, isFirst: Bool) -> Bool {
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
