/// The columns of a table that fit a terminal, with their widths.
///
/// A truncated id is useless, so a column of ids keeps its width as long as another column can be narrowed or left
/// out.
struct TableFit: Sendable {
    /// The requirements of a column.
    struct Want: Sendable {
        /// The width of its longest text, in cells.
        var width: Int
        /// The width under a short heading; nil if that is not less.
        var underShortHeading: Int?
        /// The minimum width, in cells.
        var least = 8
        /// Whether the column is never narrowed.
        var isWhole = false
        /// Whether other columns are widened first. A time can be shortened to its date.
        var givesWay = false
        /// Whether texts wider than the column are written in full.
        var exceeds = false
    }

    /// A visible column.
    struct Column: Sendable {
        /// The index among all columns.
        let place: Int
        /// The width in cells.
        var width: Int
        /// The minimum width, in cells.
        let least: Int
        /// Whether the column is never narrowed.
        let isWhole: Bool
        /// Whether other columns are widened first.
        let givesWay: Bool
        /// Whether its texts are written in full.
        let exceeds: Bool
    }

    /// The visible columns in order.
    private(set) var columns: [Column]

    /// Shortens headings, then narrows columns until they fit, widest first. If that is not enough, leaves out columns:
    /// further columns of ids, then the last ones.
    ///
    /// - Parameter total: The width of the terminal; nil for no limit.
    init(_ wants: [Want], into total: Int?) {
        let isTooWide = total.map { Self.sum(wants.map(\.width)) > $0 } ?? false
        columns = wants.enumerated().map { place, want in
            var want = want
            if isTooWide, let narrower = want.underShortHeading { want.width = min(want.width, narrower) }
            let isWhole = want.isWhole && total.map { want.width <= $0 } ?? true
            return Column(
                place: place, width: want.width, least: isWhole ? want.width : min(want.width, want.least),
                isWhole: isWhole, givesWay: want.givesWay, exceeds: isWhole || want.exceeds)
        }
        guard let total else { return }
        while columns.count > 1, Self.sum(columns.map(\.least)) > total { leaveOut() }
        let room = total - 2 * (columns.count - 1) - columns.filter(\.isWhole).reduce(0) { $0 + $1.width }
        narrow(to: max(1, room))
    }

    /// Leaves out a column. The first column of ids is kept to the end, since it identifies the rows.
    private mutating func leaveOut() {
        let kept = columns.firstIndex(where: \.isWhole) ?? 0
        let others = columns.indices.filter { $0 != kept }
        if let place = others.last(where: { columns[$0].isWhole }) ?? others.last { columns.remove(at: place) }
    }

    private mutating func narrow(to total: Int) {
        let yielding = columns.indices.filter { columns[$0].givesWay && !columns[$0].isWhole }
        let room = total - yielding.reduce(0) { $0 + columns[$1].least }
        let places = columns.indices.filter { !columns[$0].isWhole && !columns[$0].givesWay }
        func width(_ place: Int, _ limit: Int) -> Int {
            min(columns[place].width, max(limit, columns[place].least))
        }
        func sum(_ limit: Int) -> Int { places.reduce(0) { $0 + width($1, limit) } }
        var limit = places.map { columns[$0].width }.max() ?? 0
        while limit > 1, sum(limit) > room { limit -= 1 }
        // The remainder of rounding goes to the first columns that need it.
        var left = room - sum(limit)
        for place in places {
            let narrow = width(place, limit)
            let more = left > 0 && narrow < columns[place].width ? 1 : 0
            left -= more
            columns[place].width = narrow + more
        }
        left = max(0, room - places.reduce(0) { $0 + columns[$1].width })
        for place in yielding {
            let more = min(left, columns[place].width - columns[place].least)
            left -= more
            columns[place].width = columns[place].least + more
        }
        // A single column has no minimum width.
        if columns.count == 1, !columns[0].isWhole { columns[0].width = min(columns[0].width, total) }
    }

    /// Returns the total width of columns, with two spaces between them.
    private static func sum(_ widths: [Int]) -> Int { widths.reduce(0, +) + 2 * (widths.count - 1) }
}

/// Detection of columns with ids.
enum IDColumn {
    /// Returns whether a column has ids, by its name or by all of its texts.
    static func holds(_ name: String, _ texts: [String]) -> Bool {
        let last = name.split { ".[]'/$".contains($0) }.last ?? ""
        // The alternate id of an event's actor or target is a login or a name.
        if last == "alternateId" { return false }
        if last == "id" || last == "kid" || last.hasSuffix("Id") || last.hasSuffix("_id") { return true }
        let filled = texts.filter { !$0.isEmpty }
        return !filled.isEmpty && filled.allSatisfy { ObjectID.hasForm($0) }
    }
}
