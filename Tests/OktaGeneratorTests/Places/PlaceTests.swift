import OktaCatalog
import OktaGenerator
import Testing
import YAML

/// Every type at every position either compiles, as in the golden catalog `places`, or is rejected.
@Suite(.longCalculation) struct PlaceTests {
    /// A place and a type, in the catalog's notation.
    struct Cell: Hashable, CustomStringConvertible {
        var place: TypePlace
        var type: String

        var description: String { "\(place.rawValue): \(type)" }
    }

    private static let named = ["Color", "Thing", "Shape"]
    private static let types = BuiltinType.allCases.map(\.rawValue) + named

    /// Types with up to two containers around them.
    private static func shapes(of type: String) -> [String] {
        [type, "[\(type)]", "{map: \(type)}", "[[\(type)]]", "{map: [\(type)]}", "[{map: \(type)}]"]
    }

    private static let cells = TypePlace.allCases.flatMap { place in
        types.flatMap(shapes).map { Cell(place: place, type: $0) }
    }

    private static let models = """
        category: Odds
        models:
          - model: Thing
            fields: {name: {type: string}}
          - model: Shape
            discriminator: kind
            variants: {ROUND: Thing}
            fields: {kind: {type: string}}
          - enum: Color
            values: [RED]

        """

    /// A catalog with one type at one place.
    private func folder(_ cell: Cell) -> CatalogFolder {
        var action = "method: POST\n    path: /api/v1/odds"
        var field = "string"
        let type = cell.type
        switch cell.place {
        case .path: action = "method: GET\n    path: /api/v1/odds/{odd}\n    params: {odd: {in: path, type: \(type)}}"
        case .query: action += "\n    params: {odd: {in: query, type: \(type)}}"
        case .header: action += "\n    params: {odd: {in: header, type: \(type)}}"
        case .body: action += "\n    body: {type: \(type)}"
        case .result: action += "\n    returns: \(type)"
        case .pagedResult: action = "method: GET\n    path: /api/v1/odds\n    returns: [\(type)]\n    paging: link"
        case .otherResult: action += "\n    returns: json\n    otherReturns: {202: \(type)}"
        case .alternative: action += "\n    returns: json\n    alternatives: {text/csv: \(type)}"
        case .field: field = type
        case .element: field = "[\(type)]"
        case .value: field = "{map: \(type)}"
        }
        let texts = [
            "catalog.yaml": "grammar: 1\nservice: S\nmodule: M\nreference: https://example.com/\ncategories: [Odds]\n",
            "actions/odds.yaml": """
            category: Odds
            summary: Odds.
            actions:
              - action: Try Odd
                summary: Tries it.
                \(action)

            """,
            "models/odds.yaml": Self.models + "  - model: Holder\n    fields: {odd: {type: \(field)}}\n",
        ]
        return CatalogFolder(texts: texts)
    }

    @Test("Types per position: every combination is allowed, or rejected at its location")
    func everyCellIsAllowedOrRefusedAtItsPlace() throws {
        var refused = 0
        let table = PlaceTable(catalog: try #require(decoded(folder(Cell(place: .body, type: "json")))))
        for cell in Self.cells {
            var diagnostics = Diagnostics()
            _ = CatalogLoader().load(folder(cell), reporting: &diagnostics)
            let type = Self.type(cell.type)
            let stands = cell.place == .pagedResult ? TypeExpression.array(type) : type
            let isAllowed = table.form(of: stands, at: cell.place) != nil
            #expect(diagnostics.hasErrors != isAllowed, "\(cell): \(diagnostics.all)")
            guard !isAllowed else { continue }
            refused += 1
            let rules = Set(diagnostics.all.map(\.rule))
            let isParameter = [.path, .query, .header].contains(cell.place)
            #expect(rules == [isParameter ? "parameter-type" : "type-out-of-place"], "\(cell)")
            let isOfModel = [.field, .element, .value].contains(cell.place)
            for finding in diagnostics.all {
                #expect(finding.location?.file == (isOfModel ? "models/odds.yaml" : "actions/odds.yaml"))
                #expect(finding.hint?.isEmpty == false)
            }
        }
        #expect(refused > 100)
        #expect(refused < Self.cells.count / 2)
    }

    /// The golden catalog must include all allowed combinations, because only these are known to compile.
    @Test("Types per position: the golden catalog has every allowed combination")
    func goldenCatalogHasEveryAllowedCombination() throws {
        let catalog = try #require(decoded(GoldenCase(name: "places", isOverlay: false).folder()))
        let table = PlaceTable(catalog: catalog)
        let present = cells(of: catalog)
        let missing = Self.cells.filter { cell in
            let type = Self.type(cell.type)
            let stands = cell.place == .pagedResult ? TypeExpression.array(type) : type
            return table.form(of: stands, at: cell.place) != nil && !present.contains(cell)
        }
        // Pages of elements with two containers repeat those with one.
        #expect(missing.filter { $0.place != .pagedResult }.isEmpty)
        #expect(
            missing.allSatisfy { $0.type.hasPrefix("[[") || $0.type.hasPrefix("{map: [") || $0.type.hasPrefix("[{") })
    }

    private func cells(of catalog: Catalog) -> Set<Cell> {
        var cells: Set<Cell> = []
        func add(_ type: TypeExpression?, _ place: TypePlace) {
            guard let type else { return }
            cells.insert(Cell(place: place, type: type.notation))
            switch type {
            case .array(let element): add(element, .element)
            case .map(let value): add(value, .value)
            case .builtin, .named: break
            }
        }
        for action in catalog.categories.flatMap(\.actions) {
            for parameter in action.parameters { add(parameter.type, TypePlace(parameter.place)) }
            add(action.body?.type, .body)
            if action.paging == .link, case .array(let element)? = action.returns {
                add(element, .pagedResult)
            } else {
                add(action.returns, .result)
            }
            for other in action.otherReturns { add(other.type, .otherResult) }
            for alternative in action.alternatives { add(alternative.type, .alternative) }
        }
        for field in catalog.modelFiles.flatMap(\.models).flatMap(\.fields) { add(field.type, .field) }
        // Elements of a field's list are elements of a list, at any depth.
        for type in Self.types.flatMap(Self.shapes) where cells.contains(Cell(place: .field, type: type)) {
            cells.insert(Cell(place: .element, type: type))
            cells.insert(Cell(place: .value, type: type))
        }
        return cells
    }

    private func decoded(_ folder: CatalogFolder) -> Catalog? {
        var diagnostics = Diagnostics()
        return CatalogLoader().load(folder, reporting: &diagnostics)
    }

    /// A type parsed from its notation.
    private static func type(_ notation: String) -> TypeExpression {
        if notation.hasPrefix("[") { return .array(type(String(notation.dropFirst().dropLast()))) }
        if notation.hasPrefix("{map: ") { return .map(type(String(notation.dropFirst(6).dropLast()))) }
        if let builtin = BuiltinType(rawValue: notation) { return .builtin(builtin) }
        return .named(Located(notation, at: SourceLocation(file: "", start: .start, end: .start)))
    }
}
