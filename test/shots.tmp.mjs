import { chromium } from 'playwright-core';
import fs from 'fs';
const log=fs.readFileSync('/tmp/lead.log','utf8');
const links=Object.fromEntries([...log.matchAll(/^signin (\S+) (\S+)/gm)].map(m=>[m[1],m[2]]));
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']});
const todo=JSON.parse(process.argv[2]);
for (const [role,path,name,w,lang] of todo){
 const c=await b.newContext({viewport:{width:w||1280,height:900},locale:lang||'ja'});
 const p=await c.newPage();
 if(role!=='-') await p.goto(links[role]);
 if(path) await p.goto(new URL(path,'http://127.0.0.1:9300').href);
 await p.screenshot({path:`/tmp/shot-${name}.png`,fullPage:true});
 await c.close();
}
await b.close();
