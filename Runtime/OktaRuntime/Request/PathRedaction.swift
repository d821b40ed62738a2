/// What a path's text shows to others than the org: its words, with `{}` in the place of values.
///
/// Where values are interpolated, it is known which they are. In a text of one piece, such as a link, it is not, so what
/// looks like a value counts as one. Taking too much for values makes groups of calls coarser, and does no other harm.
enum PathRedaction {
    /// The template of a literal with `{}` in place of each interpolated value; without its query.
    static func of(_ literal: String) -> String {
        let end = literal.utf8.firstIndex(of: UInt8(ascii: "?")) ?? literal.endIndex
        let path = end == literal.endIndex ? literal : String(literal[..<end])
        return path.utf8.contains(UInt8(ascii: "{")) ? path : generalised(path)
    }

    private static func generalised(_ path: String) -> String {
        // Bytes rather than characters: this is done for every call.
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var template = ""
        template.reserveCapacity(path.utf8.count)
        for (index, segment) in segments.enumerated() {
            if index > 0 { template += "/" }
            // A short login is a word like any other, and names a person.
            let isLogin = index > 0 && segments[index - 1].elementsEqual("users".utf8)
            if segment.isEmpty || !isLogin && isWord(segment, isFirst: index == 1) {
                template.append(contentsOf: Substring(segment))
            } else {
                template += "{}"
            }
        }
        return template
    }

    /// Words of Okta's API are letters, hyphens and underscores. Its versions have a digit, as in `v1`, and so may what
    /// comes first, as in `/oauth2`; everything else with a digit is an id, a number, or a name that somebody gave.
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
