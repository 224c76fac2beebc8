import { localDay } from "@holdfast/domain/kernel/instant";
import { decimalToText, parseDecimal } from "@holdfast/domain/money/decimal";
import type { VariantDocument } from "@holdfast/protocol/documents";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CodeHit } from "../../catalog/catalogue.ts";
import { findScanned, type GoodsDetails } from "../../catalog/find-scanned.ts";
import {
  type BlindGoods,
  type BlindRefusal,
  type BlindReturnsPorts,
  blindValue,
  takeBlind,
} from "../../return/blind-returns.ts";
import { useCounter, useKeyLayer, useShop } from "../../shell/use-counter.ts";
import { BlindLine, type BlindLineGoods } from "./BlindLine.tsx";
import { Reasons, type ReturnReason } from "./Reasons.tsx";
import classes from "./Returns.module.css";
import { TakeBar } from "./TakeBar.tsx";

const FOUND_MAX = 6;

/** Goods whose receipt is lost, or of a till that cannot be asked: a manager takes them back for what they cost today. */
export function BlindReturn({ number: typed }: { readonly number: string }): ReactNode {
  const { t } = useTranslation();
  const { returns, place, terminal, tell } = useCounter();
  const { catalogue, branch } = useShop();
  const ports = useBlindPorts();
  const [goods, setGoods] = useState<readonly BlindLineGoods[]>([]);
  const [query, setQuery] = useState("");
  const [number, setNumber] = useState(typed);
  const today = localDay(terminal.clock.instant());
  const [day, setDay] = useState<string>(today);
  const [reason, setReason] = useState<ReturnReason | null>(null);
  const [refusal, setRefusal] = useState<BlindRefusal | null>(null);
  const add = (hit: CodeHit, details: GoodsDetails = {}): void => {
    setQuery("");
    const isWeighed = hit.variant.unit.scale > 0 && details.count === undefined && details.labelPrice === undefined;
    const text = isWeighed ? "" : decimalToText(details.count ?? { units: 1, scale: 0 });
    setGoods([
      ...goods,
      {
        key: (goods.at(-1)?.key ?? 0) + 1,
        hit,
        details,
        text,
        mark: details.serial ?? details.lot ?? "",
        restock: true,
      },
    ]);
  };
  const scan = (text: string): void => {
    const scanned = findScanned(catalogue, text, branch.labelRules);
    if (scanned.kind === "found") add(scanned.hit, scanned.details);
    else if (scanned.kind === "several") setQuery(scanned.code);
    else if (scanned.kind === "receipt") {
      returns.reset();
      void returns.scan(scanned.text);
    } else tell({ kind: scanned.kind === "misread" ? "misread" : "unknown-code", code: scanned.code });
  };
  useKeyLayer("screen", {
    onScan: (text) => {
      scan(text);
      return true;
    },
  });
  const found = query.trim() === "" ? [] : catalogue.search(query, FOUND_MAX).filter(isGoods);
  const enter = (event: FormEvent): void => {
    event.preventDefault();
    const [only, second] = found;
    if (only !== undefined && second === undefined) add({ variant: only, pack: 1 });
    else if (query.trim() !== "" && found.length === 0) scan(query);
  };
  const chosen = goods.map(blindGoods);
  const value = chosen.length === 0 ? null : blindValue(ports, chosen);
  const take = async (): Promise<void> => {
    const why = reason === null ? "" : t(`returns.reasons.${reason}`);
    const taken = await takeBlind(ports, { goods: chosen, reason: why, number, day });
    if (taken.ok) place.set({ screen: "sell" });
    else setRefusal(taken.refusal);
  };
  return (
    <>
      <Panel title={t("returns.blind.known")}>
        <div className={classes.knownOf}>
          <TextInput
            label={t("returns.blind.number")}
            description={t("returns.blind.numberHint")}
            size="touch"
            autoComplete="off"
            maxLength={40}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t("returns.blind.day")}
            description={t("returns.blind.dayHint")}
            size="touch"
            max={today}
            disabled={number.trim() === ""}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Button size="touch" variant="subtle" color="gray" onClick={() => returns.reset()}>
            {t("returns.blind.back")}
          </Button>
        </div>
      </Panel>
      <Panel title={t("returns.lines")} flush>
        <form className={classes.search} onSubmit={enter}>
          <TextInput
            type="search"
            aria-label={t("returns.blind.search")}
            placeholder={t("returns.blind.search")}
            size="touch"
            autoComplete="off"
            leftSection={<Icon name="search" />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        </form>
        {found.length === 0 ? null : (
          <ul className={classes.recent} aria-label={t("returns.blind.found")}>
            {found.map((variant) => (
              <li key={variant.variant}>
                <button type="button" className={classes.recentSale} onClick={() => add({ variant, pack: 1 })}>
                  <span className={classes.recentNumber}>{variant.name}</span>
                  <span className={classes.recentTime}>{variant.sku}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <ul className={classes.lines} aria-label={t("returns.lines")}>
          {goods.map((each) => (
            <BlindLine
              key={each.key}
              goods={each}
              onChange={(next) => setGoods(goods.map((one) => (one.key === each.key ? next : one)))}
              onRemove={() => setGoods(goods.filter((one) => one.key !== each.key))}
            />
          ))}
        </ul>
      </Panel>
      <Panel>
        <Reasons reason={reason} onReason={setReason} />
        {refusal === null ? null : <ErrorNotice message={refusalText(refusal)} />}
        <TakeBar value={value} isReady={reason !== null} text={t("returns.blind.takeText")} onTake={take} />
      </Panel>
    </>
  );

  function refusalText(refused: BlindRefusal): string {
    return t(`returns.blind.refusal.${refused.kind}`, { series: "series" in refused ? refused.series : "" });
  }
}

function useBlindPorts(): BlindReturnsPorts {
  const { shop, terminal, desk, approvals, terminalOf, sales } = useCounter();
  return {
    ...{ shop, desk, terminalOf, clock: terminal.clock },
    permit: (act) => approvals.permit(act),
    isOwn: (number) => sales.briefs.get().some((brief) => brief.number === number),
  };
}

function isGoods({ giftCard }: VariantDocument): boolean {
  return giftCard === undefined;
}

function blindGoods({ hit, details, text, mark, restock }: BlindLineGoods): BlindGoods {
  const { tracking } = hit.variant;
  const marked = tracking === undefined || mark.trim() === "" ? details : { ...details, [tracking]: mark.trim() };
  return { hit, details: marked, restock, count: parseDecimal(text.trim().replace(",", ".")) };
}
