import Exchange
import Membership
import StrictJSON

/// Something that is not as it must be, and where the proof lies.
public struct AuditFinding: Hashable, Sendable {
    /// What it is.
    public let code: Code
    /// In whose log.
    public let node: NodeID
    /// At which entry of it; nil for the log as a whole.
    public let index: Int?
    /// Which element or query of it, counted from 0; nil for the entry as a whole.
    public let item: Int?
    /// The other side, where two logs were compared.
    public let other: NodeID?
    /// In the folder: the file that shows it.
    public let proof: String?

    /// A finding.
    public init(
        _ code: Code, node: NodeID, index: Int? = nil, item: Int? = nil,
        other: NodeID? = nil, proof: String? = nil
    ) {
        self.code = code
        self.node = node
        self.index = index
        self.item = item
        self.other = other
        self.proof = proof
    }

    /// What can be found (protocol/log.md, "What an audit finds").
    public enum Code: String, Sendable, CaseIterable {
        // One log.
        case checkpointUnsigned = "checkpoint-unsigned"
        case logForked = "log-forked"
        case logShrunk = "log-shrunk"
        case treeAltered = "tree-altered"
        case tileAltered = "tile-altered"
        case fileMissing = "file-missing"
        case entryMalformed = "entry-malformed"
        case entryForeign = "entry-foreign"
        case timeBackwards = "time-backwards"
        case cosignatureInvalid = "cosignature-invalid"
        case datedBack = "dated-back"
        case datedAhead = "dated-ahead"
        case unwitnessed
        // Evidence.
        case evidenceMissing = "evidence-missing"
        case evidenceMalformed = "evidence-malformed"
        case requestUnsigned = "request-unsigned"
        case answerUnsigned = "answer-unsigned"
        case requestDiffers = "request-differs"
        case answerDiffers = "answer-differs"
        case itemsDiffer = "items-differ"
        // Two logs.
        case answererLacks = "answerer-lacks"
        case askerLacks = "asker-lacks"
        case sidesDiffer = "sides-differ"
        case askedUnfinished = "asked-unfinished"
        case answerDisputed = "answer-disputed"
        case hitsNotAsked = "hits-not-asked"
        case filterUnannounced = "filter-unannounced"
        // Opened evaluations.
        case boxMissing = "box-missing"
        case boxUnreadable = "box-unreadable"
        case sealedMissing = "sealed-missing"
        case sealedDiffers = "sealed-differs"
        case elementDiffers = "element-differs"
        case purposeDiffers = "purpose-differs"
        case consentDiffers = "consent-differs"
        // Evidence of consents.
        case consentFileMissing = "consent-file-missing"
        case consentFileDiffers = "consent-file-differs"
        // On which consent an answer rested.
        case consentUnrecorded = "consent-unrecorded"
        case consentMisstated = "consent-misstated"
        case consentNotHolding = "consent-not-holding"
        case consentShared = "consent-shared"
    }
}

extension AuditFinding {
    /// The finding as JSON.
    public var json: JSONValue {
        .members([
            "code": .string(code.rawValue),
            "node": .string(node.description),
            "index": index.map(JSONValue.integer),
            "item": item.map(JSONValue.integer),
            "other": other.map { .string($0.description) },
            "proof": proof.map(JSONValue.string),
        ])
    }

    /// One line for people.
    public func text(in language: ReportLanguage) -> String {
        var place = "\(node)"
        if let index { place += " #\(index)" }
        if let item { place += ".\(item)" }
        if let other { place += " / \(other)" }
        let sentence = language == .chinese ? code.chinese : code.english
        let proof = proof.map { language == .chinese ? "（证据：\($0)）" : " (proof: \($0))" } ?? ""
        return "[\(code.rawValue)] \(place): \(sentence)\(proof)"
    }
}

extension AuditFinding.Code {
    /// What it means, in English.
    public var english: String {
        switch self {
        case .checkpointUnsigned: "the checkpoint bears no valid signature of this log's keys"
        case .logForked: "two checkpoints of the log cannot both be of one log that only grows"
        case .logShrunk: "the log is smaller than a checkpoint that it signed before"
        case .treeAltered: "the entries are not those that the checkpoint speaks of"
        case .tileAltered: "a tile does not hold the hashes of the entries"
        case .fileMissing: "a file of the copy is missing; mirror again"
        case .entryMalformed: "an entry is none of the protocol"
        case .entryForeign: "an entry is written as another node's"
        case .timeBackwards: "an entry is dated before one that stands earlier in the log"
        case .cosignatureInvalid: "a signature of the log or of a witness on it does not hold"
        case .datedBack:
            "an entry is dated before a witness's cosignature of a log that did not have it yet"
        case .datedAhead: "an entry is dated after a witness's cosignature of a log that had it"
        case .unwitnessed:
            "from this entry on no quorum of witnesses has cosigned the log for an hour"
        case .filterUnannounced: "the asker used a filter that the answerer's log does not announce"
        case .evidenceMissing: "the evidence is missing though its time is not over"
        case .evidenceMalformed: "the evidence is none of the protocol, or of another entry"
        case .requestUnsigned: "the request bears no valid signature of the member that asked"
        case .answerUnsigned: "the answer bears no valid signature of the node that answered"
        case .requestDiffers: "the request in the evidence is not the one that the entry names"
        case .answerDiffers: "the answer in the evidence is not the one that the entry names"
        case .itemsDiffer: "what was asked is not what the entry commits to"
        case .answererLacks: "asked and answered, and the answerer's log has no entry of it"
        case .askerLacks: "answered, and the asker's log has no entry of the request"
        case .sidesDiffer: "the two logs say different things of one exchange"
        case .askedUnfinished: "asked, and the asker's log does not say how it ended"
        case .answerDisputed: "answered, and the asker says that the answer was not to be believed"
        case .hitsNotAsked: "more hits in filters than queries that followed"
        case .boxMissing: "an element has no box"
        case .boxUnreadable:
            "no key of its month opens the box, or it holds nothing of the protocol"
        case .sealedMissing: "the asker bound itself to no boxes"
        case .sealedDiffers: "the boxes are not those to which the asker bound itself"
        case .elementDiffers: "what the box holds does not make the element that was asked"
        case .purposeDiffers: "the purpose in the box is not the one that the log states"
        case .consentFileMissing: "the file behind a consent, or its salt, was not handed over"
        case .consentFileDiffers: "the file handed over is not the one behind the consent"
        case .consentUnrecorded:
            "disclosed, and before it the log was told of no consent on which that rests"
        case .consentMisstated: "the answer states another consent than the log was told of"
        case .consentNotHolding: "the consent did not cover the answer, or was withdrawn before"
        case .consentShared: "answers about two subjects rest on one consent"
        case .consentDiffers: "the consent in the box is not the one that the query states"
        }
    }

    /// What it means, in Chinese.
    public var chinese: String {
        switch self {
        case .checkpointUnsigned: "检查点没有该日志密钥的有效签名"
        case .logForked: "两个检查点不可能出自同一个只增不减的日志"
        case .logShrunk: "日志比其先前签署的检查点更小"
        case .treeAltered: "条目与检查点所述不符"
        case .tileAltered: "哈希块与条目不符"
        case .fileMissing: "副本缺少文件，请重新镜像"
        case .entryMalformed: "条目不符合协议"
        case .entryForeign: "条目以其他节点的名义写入"
        case .timeBackwards: "条目的时间早于其前面的条目"
        case .cosignatureInvalid: "日志或见证方的签名无效"
        case .datedBack: "条目的时间早于尚无该条目的日志的联署时间"
        case .datedAhead: "条目的时间晚于已有该条目的日志的联署时间"
        case .unwitnessed: "自该条目起超过一小时没有足够见证方联署"
        case .filterUnannounced: "查询方使用了应答方日志中未公布的过滤器"
        case .evidenceMissing: "证据在保存期内缺失"
        case .evidenceMalformed: "证据不符合协议，或属于其他条目"
        case .requestUnsigned: "请求没有查询成员的有效签名"
        case .answerUnsigned: "应答没有应答节点的有效签名"
        case .requestDiffers: "证据中的请求不是条目所指的请求"
        case .answerDiffers: "证据中的应答不是条目所指的应答"
        case .itemsDiffer: "所查内容与条目的承诺不符"
        case .answererLacks: "已查询并已应答，而应答方日志中没有对应条目"
        case .askerLacks: "已应答，而查询方日志中没有该请求的条目"
        case .sidesDiffer: "双方日志对同一次交换的记录不一致"
        case .askedUnfinished: "已发出查询，而查询方日志没有记录结果"
        case .answerDisputed: "已应答，而查询方称该应答不可信"
        case .hitsNotAsked: "过滤器命中数多于随后的查询数"
        case .boxMissing: "某个元素没有封盒"
        case .boxUnreadable: "当月密钥无法启封，或封盒内容不符合协议"
        case .sealedMissing: "查询方未就封盒作出承诺"
        case .sealedDiffers: "封盒与查询方承诺的摘要不符"
        case .elementDiffers: "封盒内容无法还原所查元素"
        case .purposeDiffers: "封盒中的查询原因与日志不符"
        case .consentFileMissing: "未提交授权证据文件或其随机数"
        case .consentFileDiffers: "提交的授权证据文件与授权摘要不符"
        case .consentUnrecorded: "已披露，而此前日志没有其所依据的授权"
        case .consentMisstated: "应答所述授权与日志所记不符"
        case .consentNotHolding: "授权不涵盖该应答，或此前已被撤回"
        case .consentShared: "对两个信息主体的应答依据同一授权"
        case .consentDiffers: "封盒中的授权与随后查询的授权不符"
        }
    }
}
