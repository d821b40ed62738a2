package import OktaRuntime

/// A row of a set.
package struct SetRow: Sendable {
    /// The object with its fields; a text if the set has only ids.
    package let value: JSON
    /// The identity of the object; nil if the set has none.
    package let identity: String?
    /// The place of the row, for messages.
    package let place: String
}

/// Reads the rows of a set one by one: files in pieces, and lists page by page.
package struct RowReader {
    private enum Source {
        case lines(ByteReader, name: String)
        case objects(JSONSequence, name: String)
        case csv(CSVReader, column: String?, name: String)
        case pages(Paged<JSON>.Pages.Iterator, items: [JSON], next: Int)
    }

    private var source: Source
    private let parameter: String?
    private var count = 0

    /// Opens a set.
    package init(
        _ set: SetSource, _ kind: RowKind, client: OktaClient, names: NameResolver, context: ProgramContext
    ) async throws(CommandFailure) {
        parameter = kind.parameter
        switch set {
        case .file(let path):
            let name = path == "-" ? "the standard input" : path
            var reader = try ByteReader(path: path, context)
            reader.skipByteOrderMark()
            reader.skipSpace()
            let first = reader.peek()
            // jq and --query print texts in quotes.
            let isJSON = first.map { "{[\"".utf8.contains($0) } ?? false
            source = isJSON ? .objects(JSONSequence(reader, name: name), name: name) : .lines(reader, name: name)
        case .csv(let path, let column):
            let name = path == "-" ? "the standard input" : path
            let reader = try CSVReader(ByteReader(path: path, context), name: name)
            if let column, !reader.header.contains(column) {
                let isForeign = reader.header.count == 1 && reader.header[0].contains { $0 == ";" || $0 == "\t" }
                throw .usage(
                    "\(name) has no column '\(column)'",
                    advice: isForeign
                        ? "Its values are not separated by commas: save it as CSV with commas."
                        : "Its columns are \(reader.header.map { "'\($0)'" }.joined(separator: ", ")).")
            }
            let identity = column ?? (reader.header.contains("id") ? "id" : nil)
            if kind.parameter != nil, identity == nil {
                throw .usage(
                    "\(name) has no column 'id'",
                    advice: "Name the column that identifies the object: csv:\(path):COLUMN.")
            }
            source = .csv(reader, column: identity, name: name)
        case .search(let expression): source = try Self.pages(kind, ["search": expression], client)
        case .filter(let expression): source = try Self.pages(kind, ["filter": expression], client)
        case .group(let name): source = try await Self.part(names.id(of: name, in: .groups), of: name, kind, client)
        case .app(let name): source = try await Self.part(names.id(of: name, in: .apps), of: name, kind, client)
        }
    }

    /// Returns the next row; nil at the end.
    package mutating func next() async throws(CommandFailure) -> SetRow? {
        count += 1
        switch source {
        case .lines(var reader, let name):
            defer { source = .lines(reader, name: name) }
            return try line(&reader, name)
        case .objects(var objects, let name):
            let next = try objects.next()
            source = .objects(objects, name: name)
            return next.map { object, line in
                SetRow(value: object, identity: identity(of: object), place: "\(name), line \(line)")
            }
        case .csv(var reader, let column, let name):
            let place = "\(name), line \(reader.line)"
            let fields = try reader.next()
            source = .csv(reader, column: column, name: name)
            guard let fields else { return nil }
            let row = JSON(members: Array(zip(reader.header, fields.map { JSON($0) })).map { ($0, $1) })
            return SetRow(value: row, identity: column.flatMap { row[$0]?.string }, place: place)
        case .pages(var iterator, var items, var next):
            while next == items.count {
                do throws(OktaError) {
                    guard let page = try await iterator.next() else { return nil }
                    items = page.items
                    next = 0
                } catch {
                    throw CommandFailure(error)
                }
            }
            source = .pages(iterator, items: items, next: next + 1)
            return SetRow(value: items[next], identity: identity(of: items[next]), place: "object \(count)")
        }
    }

    private func line(_ reader: inout ByteReader, _ name: String) throws(CommandFailure) -> SetRow? {
        reader.skipSpace()
        let place = "\(name), line \(reader.line)"
        var bytes: [UInt8] = []
        // Does not read beyond the line, since the next one may still be typed.
        while true {
            guard let byte = reader.next() else {
                try reader.checkEnd()
                break
            }
            if byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
        }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        guard !bytes.isEmpty else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .usage("\(place), is not UTF-8") }
        return SetRow(value: JSON(text), identity: text, place: place)
    }

    /// Returns the identity of an object: its `id`, or the field with the name of the parameter.
    private func identity(of object: JSON) -> String? {
        if object.string != nil || object.numberText != nil { return FieldPath.text(of: object) }
        return FieldPath.text(of: object["id"]) ?? parameter.flatMap { FieldPath.text(of: object[$0]) }
    }

    private static func pages(
        _ kind: RowKind, _ selection: [String: String], _ client: OktaClient
    ) throws(CommandFailure) -> Source {
        guard let list = kind.list else { throw .usage("the set has no list") }
        let values = kind.values.merging(selection) { first, _ in first }
        return .pages(
            try ActionCall(list, values: values).pages(through: client).pages.makeAsyncIterator(), items: [], next: 0)
    }

    private static func part(
        _ id: String, of name: String, _ kind: RowKind, _ client: OktaClient
    ) throws(CommandFailure) -> Source {
        let values = kind.values.mapValues { $0 == name ? id : $0 }
        return try pages(RowKind(parameter: kind.parameter, list: kind.list, values: values), [:], client)
    }
}
