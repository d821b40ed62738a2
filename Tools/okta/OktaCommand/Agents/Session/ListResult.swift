internal import OktaRuntime

/// The result of reading a list: items, their size, and the next place.
struct ListResult: Sendable {
    var items: [JSON] = []
    /// The size of the items in bytes.
    var size = 0
    /// The next page and the position in it; nil at the end.
    var next: (page: PageCursor?, skipped: Int)?

    /// Reads a list from a place, up to its limit and a number of bytes.
    static func read(
        _ list: AgentList, from page: PageCursor?, skipping skipped: Int, upTo bytes: Int, through client: OktaClient
    ) async throws(ToolFailure) -> ListResult {
        do throws(OktaError) {
            guard list.action.descriptor.isPaged else {
                let response = try await client.perform(list.action.descriptor, arguments: list.values)
                let json = try list.action.content(of: response) ?? JSON([])
                var result = ListResult()
                _ = result.take(json.listed, of: list, page: nil, skipping: skipped, upTo: bytes)
                return result
            }
            var result = ListResult()
            var current = page
            var skipped = skipped
            let whole = try client.pages(for: list.action.descriptor, arguments: list.values).prefetching(false)
            for try await page in (current.map { whole.resuming(at: $0) } ?? whole).pages {
                if result.take(page.items, of: list, page: current, skipping: skipped, upTo: bytes) { return result }
                skipped = 0
                guard let next = page.next else { return result }
                current = next
                result.next = (next, 0)
                if result.items.count >= list.limit || result.size >= bytes { return result }
                result.next = nil
            }
            return result
        } catch {
            throw ToolFailure(error)
        }
    }

    /// Adds the items of a page.
    ///
    /// - Returns: Whether the result is full.
    private mutating func take(
        _ page: [JSON], of list: AgentList, page cursor: PageCursor?, skipping skipped: Int, upTo bytes: Int
    ) -> Bool {
        for (position, item) in page.enumerated().dropFirst(skipped) {
            var shown = FieldSelection.select(list.fields, of: SecretMask.agents.masked(item))
            var length = CompactJSON.text(shown).utf8.count
            if length > bytes {
                shown = FieldSelection.tooLarge(item, length)
                length = CompactJSON.text(shown).utf8.count
            }
            guard items.count < list.limit, items.isEmpty || size + length <= bytes else {
                next = (cursor, position)
                return true
            }
            items.append(shown)
            size += length + 1
        }
        return false
    }
}

/// Selection of fields.
enum FieldSelection {
    /// Returns an object with only these fields, by path; the whole object for nil.
    static func select(_ fields: [String]?, of object: JSON) -> JSON {
        guard let fields, object.members != nil else { return object }
        var result = JSON.emptyObject
        for path in fields {
            let value = path.split(separator: ".").reduce(object as JSON?) { $0?[String($1)] }
            if let value, value.kind != .null { result[path] = value }
        }
        return result
    }

    /// Returns the replacement for an object that is too large for a result.
    static func tooLarge(_ object: JSON, _ length: Int) -> JSON {
        let names = (object.members ?? []).prefix(60).map { JSON(String($0.key.prefix(80))) }
        var result: JSON = [
            "omitted": JSON("this object has \(length) bytes; name some of its fields in `fields`"),
            "has": JSON(names),
        ]
        if let id = object["id"]?.string, id.utf8.count < 200 { result["id"] = JSON(id) }
        return result
    }
}
