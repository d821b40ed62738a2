import OktaRuntime

/// The paging of a list.
struct PageRule: Sendable {
    /// The default page size.
    var size: Int
    /// The maximum page size. A larger one is reduced to it.
    var maximum = 200
    /// Parameters that the `self` link omits, since the server drops them.
    var dropped: Set<String> = []
    /// A prefix for the key in a cursor, such as the digit before user ids.
    var cursorPrefix = ""
    /// The handling of an invalid cursor.
    var badCursor = BadCursor.ignored
    /// Whether a cursor is the base64-encoded key, as for email templates, whose keys are names.
    var encodesCursor = false

    /// Whether a list has links only if the request has a page size or there is a next page.
    var isQuiet = false

    /// The handling of a cursor that no page can end with.
    enum BadCursor: Sendable {
        case ignored, pagingError, searchError
    }

    init(
        _ size: Int, maximum: Int = 200, dropped: Set<String> = [], cursorPrefix: String = "",
        badCursor: BadCursor = .ignored, encodesCursor: Bool = false, isQuiet: Bool = false
    ) {
        self.size = size
        self.maximum = maximum
        self.dropped = dropped
        self.cursorPrefix = cursorPrefix
        self.badCursor = badCursor
        self.encodesCursor = encodesCursor
        self.isQuiet = isQuiet
    }

    /// Returns the requested page size.
    func limit(_ call: Call) throws(OrgFault) -> Int {
        guard let text = call.query("limit") else { return size }
        guard let limit = Int(text) else { throw .invalid("limit", "limit: The limit must be a number.") }
        return limit > 0 ? min(limit, maximum) : size
    }

    /// Returns the key after which the page starts.
    func start(_ call: Call) throws(OrgFault) -> String? {
        guard let after = call.query("after"), !after.isEmpty else { return nil }
        if encodesCursor { return Base64.decode(after).map { String(decoding: $0, as: UTF8.self) } ?? after }
        if badCursor != .ignored, !after.utf8.allSatisfy(\.isIDCharacter) || after.utf8.count != 20 {
            throw .invalidCursor(inSearch: badCursor == .searchError)
        }
        // Only the prefix differs, so cursors of lists and searches are interchangeable.
        if after.utf8.count == 21, after.utf8.first.map({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) == true
        {
            return String(after.dropFirst())
        }
        return Cursor.key(after)
    }

    /// Returns `self`, and `next` if there are more rows: two header fields with absolute URLs on the caller's host.
    func links(_ call: Call, limit: Int, next key: String?) -> [(name: String, value: String)] {
        var fields = call.target.query.filter { !dropped.contains($0.name) && $0.name != "limit" }
        fields.append(("limit", String(limit)))
        var links = [("link", "<\(url(call, fields))>; rel=\"self\"")]
        if let key {
            fields.removeAll { $0.name == "after" }
            let cursor = encodesCursor ? Base64.encode(Array(key.utf8)) : cursorPrefix + Cursor.text(key)
            fields.insert(("after", cursor), at: 0)
            links.append(("link", "<\(url(call, fields))>; rel=\"next\""))
        }
        return links
    }

    private func url(_ call: Call, _ fields: [(name: String, value: String)]) -> String {
        let query = fields.map {
            PercentText.encoded($0.name, inQuery: true) + "=" + PercentText.encoded($0.value, inQuery: true)
        }
        return call.origin + call.target.path + "?" + query.joined(separator: "&")
    }

    /// Returns a page of ordered rows. The key of a row is its id, or its sort key followed by the id, combined by
    /// `Cursor.key(place:id:)`.
    func response(
        _ call: Call, _ rows: [(key: String, json: JSON)], descends: Bool = false, present: (JSON) -> JSON
    ) throws(OrgFault) -> OrgResponse {
        let limit = try limit(call)
        let begin = try start(call).map { Cursor.position(after: $0, in: rows, descends: descends) } ?? 0
        let end = min(begin + limit, rows.count)
        let page = rows[begin..<end]
        var response = OrgResponse.json(JSON(page.map { present($0.json) }))
        let isWhole = end == rows.count && call.query("limit") == nil && call.query("after") == nil
        if !isQuiet || !isWhole {
            response.headers = links(call, limit: limit, next: end < rows.count ? page.last?.key : nil)
        }
        return response
    }
}

/// The opaque text of a cursor in a link.
enum Cursor {
    /// Returns the cursor of a key. A key of several parts, such as a name and an id, is written in hexadecimal.
    static func text(_ key: String) -> String {
        guard key.utf8.contains(where: { $0 < 0x20 }) else { return key }
        return "~" + String(decoding: key.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Returns a key for an order other than by id. It identifies the position of the next page even if the row was
    /// deleted.
    static func key(place: String, id: String) -> String { place + "\u{1}" + id }

    private static func id(of key: String) -> Substring.UTF8View {
        key.utf8.lastIndex(of: 1).map { key.utf8[key.utf8.index(after: $0)...] } ?? key.utf8[...]
    }

    /// Returns the position of the first row after a cursor: after the row with its id, or after its place if that row
    /// was deleted.
    static func position(after start: String, in rows: [(key: String, json: JSON)], descends: Bool) -> Int {
        let id = id(of: start)
        if let known = rows.firstIndex(where: { Self.id(of: $0.key).elementsEqual(id) }) { return known + 1 }
        // A cursor that is only an id has no position among rows in another order.
        let hasPlace = { (key: String) in key.utf8.contains(1) }
        if let first = rows.first, hasPlace(first.key) != hasPlace(start) { return rows.count }
        return rows.firstIndex { descends ? $0.key < start : $0.key > start } ?? rows.count
    }

    static func key(_ text: String) -> String {
        guard text.hasPrefix("~") else { return text }
        var bytes: [UInt8] = []
        var rest = text.utf8.dropFirst()
        while let high = rest.popFirst().flatMap(digits.firstIndex),
            let low = rest.popFirst().flatMap(digits.firstIndex)
        {
            bytes.append(UInt8(high << 4 | low))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

extension UInt8 {
    /// Whether ids can contain this character.
    fileprivate var isIDCharacter: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}

/// Lists in a member of an object: the link to the next page is in its `_links`, not in a header.
extension PageRule {
    /// Returns a page of ordered rows in the named member of an object with links.
    func wrapped(
        _ call: Call, _ rows: [(key: String, json: JSON)], in member: String, links: JSON
    ) throws(OrgFault) -> OrgResponse {
        let limit = try limit(call)
        let begin = try start(call).map { Cursor.position(after: $0, in: rows, descends: false) } ?? 0
        let page = rows.dropFirst(begin).prefix(limit)
        var links = links
        if begin + page.count < rows.count, let last = page.last?.key {
            let cursor = PercentText.encoded(Cursor.text(last), inQuery: true)
            links["next"] = ["href": JSON("\(call.origin)\(call.target.path)?after=\(cursor)&limit=\(limit)")]
        }
        var json: JSON = [member: JSON(page.map(\.json))]
        if links.count > 0 { json["_links"] = links }
        var response = OrgResponse.json(json)
        response.linkToSelf(of: json)
        return response
    }
}
