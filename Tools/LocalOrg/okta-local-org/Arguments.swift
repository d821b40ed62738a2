import OktaLocalOrg

/// The arguments of the command line.
struct Arguments {
    /// An error in the arguments.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    static let usage = """
        usage: okta-local-org [options]
          --port N          the port; 0, the default, for one that is free
          --host ADDRESS    the address to listen on; 127.0.0.1 by default
          --size N          begin with N users
          --seed FILE       begin with the objects of a JSON file, by the path of their list
          --seed-number N   ids and random choices are the same under one number
          --token TOKEN     accept only this API token; any token by default
          --tls             serve over TLS, with a certificate authority that is made at the start
          --latency MS      hold each response back for so long
          --faults LIST     faults for random requests: kind:percent[@path], such as readOnly:5,html:1@/api/v1/users
          --rate-limits     enforce rate limits; with =SCALE a multiple of them, such as --rate-limits=0.1
          --search-delay N  let search see the state of N seconds ago
          --record FILE     write each exchange to FILE, a line of JSON each
          --coverage        print how faithfully each action is implemented
          --help            print this

        """

    private(set) var port = 0
    private(set) var host = "127.0.0.1"
    private(set) var size = 0
    private(set) var seed: String?
    private(set) var seedNumber: UInt64 = 1
    private(set) var token: String?
    private(set) var tls = false
    private(set) var latency = 0
    private(set) var faults: [Fault] = []
    private(set) var rateLimits = false
    private(set) var rateLimitScale = 1.0
    private(set) var searchDelay = 0
    private(set) var record: String?
    private(set) var wantsCoverage = false
    private(set) var wantsHelp = false

    init(_ arguments: [String]) throws(Problem) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            let name = parts.first ?? ""
            func value() throws(Problem) -> String {
                if parts.count == 2 { return parts[1] }
                guard let value = rest.popFirst() else { throw Problem(description: "\(name) needs a value") }
                return value
            }
            func number(_ range: ClosedRange<Int>) throws(Problem) -> Int {
                let text = try value()
                guard let number = Int(text), range.contains(number) else {
                    throw Problem(
                        description:
                            "\(name) needs a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
                }
                return number
            }
            switch name {
            case "--port": port = try number(0...65_535)
            case "--host": host = try value()
            case "--size": size = try number(0...1_000_000)
            case "--seed": seed = try value()
            case "--seed-number": seedNumber = UInt64(try number(0...Int.max))
            case "--token": token = try value()
            case "--tls": tls = true
            case "--latency": latency = try number(0...600_000)
            case "--faults": faults = try Self.faults(try value())
            case "--rate-limits":
                rateLimits = true
                if parts.count == 2 {
                    guard let scale = Double(parts[1]), scale > 0, scale <= 1_000_000 else {
                        throw Problem(description: "the scale of --rate-limits must be a number above 0")
                    }
                    rateLimitScale = scale
                }
            case "--search-delay": searchDelay = try number(0...86_400)
            case "--record": record = try value()
            case "--coverage": wantsCoverage = true
            case "--help", "-h": wantsHelp = true
            default: throw Problem(description: "there is no option '\(name)'")
            }
        }
    }

    private static func faults(_ text: String) throws(Problem) -> [Fault] {
        var faults: [Fault] = []
        for part in text.split(separator: ",") {
            let place = part.split(separator: "@", maxSplits: 1).map(String.init)
            let pair = (place.first ?? "").split(separator: ":").map(String.init)
            guard let kind = Fault.Kind(rawValue: pair.first ?? "") else {
                throw Problem(
                    description:
                        "there is no fault '\(part)'; the faults are \(Fault.Kind.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            guard let percent = pair.count == 2 ? Int(pair[1]) : 100, (0...100).contains(percent) else {
                throw Problem(description: "the share of the fault '\(part)' must be a percentage")
            }
            let path = place.count == 2 ? place[1] : "/"
            guard path.hasPrefix("/") else {
                throw Problem(description: "the path of the fault '\(part)' must begin with /")
            }
            faults.append(Fault(kind, path: path, times: nil, percent: percent))
        }
        return faults
    }
}
