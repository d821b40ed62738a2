extension LoopbackResponse {
    /// Returns the response of a server in a storm. 30 of 100 numbered calls get different faults, at all stages of an
    /// exchange. The response to the others is their number.
    public static func storm(_ number: Int) -> LoopbackResponse {
        let half = LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
        switch number % 100 {
        case 0..<5: return LoopbackResponse().closing()
        case 5..<10: return LoopbackResponse().resetting()
        case 10..<14: return half.closing()
        case 14..<18: return half.resetting()
        case 18..<22: return .raw("garbage\r\n\r\n")
        case 22..<26: return .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
        case 26..<30: return .raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain")
        default: return .response(body: Array("\(number)".utf8))
        }
    }
}
