import OktaRuntime

/// How a list is paged: its default and its largest page.
struct PageRule: Sendable {
    /// The size of a page when the request states none.
    var size: Int
    /// The largest page; a larger one is cut to it.
    var maximum = 200
    /// Parameters that the `self` link does not repeat, since the server drops them.
    var dropped: Set<String> = []
    /// What the key of a cursor is put behind, as users have a digit before the id.
    var cursorPrefix = ""
    /// What a cursor that is no id means to the server.
    var badCursor = BadCursor.ignored
    /// Whether a cursor is the key in base64, as for email templates, whose keys are names.
    var encodesCursor = false

    /// What a list does with a cursor that no page can have ended with.
    enum BadCursor: Sendable {
        case ignored, pagingError, searchError
    }

    init(
        _ size: Int, maximum: Int = 200, dropped: Set<String> = [], cursorPrefix: String = "",
        badCursor: BadCursor = .ignored, encodesCursor: Bool = false
    ) {
        self.size = size
        self.maximum = maximum
        self.dropped = dropped
        self.cursorPrefix = cursorPrefix
        self.badCursor = badCursor
        self.encodesCursor = encodesCursor
    }

    /// The size of the page that a request asks for.
    func limit(_ call: Call) throws(OrgFault) -> Int {
        guard let text = call.query("limit") else { return size }
        guard let limit = Int(text) else { throw .invalid("limit", "limit: The limit must be a number.") }
        return limit > 0 ? min(limit, maximum) : size
    }

    /// The key behind which the page begins.
    func start(_ call: Call) throws(OrgFault) -> String? {
        guard let after = call.query("after"), !after.isEmpty else { return nil }
        if encodesCursor { return Base64.decode(after).map { String(decoding: $0, as: UTF8.self) } ?? after }
        if badCursor != .ignored, !after.utf8.allSatisfy(\.isIDCharacter) || after.utf8.count != 20 {
            throw .invalidCursor(inSearch: badCursor == .searchError)
        }
        // A cursor of a list is good for a search too, and the other way round: only a prefix makes an id longer.
        if after.utf8.count == 21, after.utf8.first.map({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) == true
        {
            return String(after.dropFirst())
        }
        return Cursor.key(after)
    }

    /// `self`, then `next` when there is more: two fields, absolute, on the caller's own host.
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

    /// A page of rows in order. The key of a row is its id, or what the order goes by with the id behind it, as
    /// `Cursor.key(place:id:)` puts them together.
    func reply(
        _ call: Call, _ rows: [(key: String, json: JSON)], descends: Bool = false, present: (JSON) -> JSON
    ) throws(OrgFault) -> Reply {
        let limit = try limit(call)
        let begin = try start(call).map { Cursor.position(after: $0, in: rows, descends: descends) } ?? 0
        let end = min(begin + limit, rows.count)
        let page = rows[begin..<end]
        var reply = Reply.json(JSON(page.map { present($0.json) }))
        reply.headers = links(call, limit: limit, next: end < rows.count ? page.last?.key : nil)
        return reply
    }
}

/// What a cursor says in a link. Clients take it as it is.
enum Cursor {
    /// A key of several parts, such as a name and an id, is written in hexadecimal digits.
    static func text(_ key: String) -> String {
        guard key.utf8.contains(where: { $0 < 0x20 }) else { return key }
        return "~" + String(decoding: key.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// A key for an order that is not that of the ids. It tells where the page went on when its last row is gone.
    static func key(place: String, id: String) -> String { place + "\u{1}" + id }

    private static func id(of key: String) -> Substring.UTF8View {
        key.utf8.lastIndex(of: 1).map { key.utf8[key.utf8.index(after: $0)...] } ?? key.utf8[...]
    }

    /// The position of the first row behind a cursor: behind the row with its id, wherever that is now, or else behind its
    /// place.
    static func position(after start: String, in rows: [(key: String, json: JSON)], descends: Bool) -> Int {
        let id = id(of: start)
        if let known = rows.firstIndex(where: { Self.id(of: $0.key).elementsEqual(id) }) { return known + 1 }
        // An id alone tells no place among rows that are ordered by something else.
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
    /// Whether ids have this character.
    fileprivate var isIDCharacter: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
